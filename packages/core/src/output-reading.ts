import { InterlinguaError, type ErrorCode } from './error.ts'
import { excerpt, isObject } from './json.ts'
import { describeIssues, type SchemaIssue } from './json-schema-issue.ts'
import { withoutRefusedNulls } from './json-schema-null.ts'
import { findJson } from './output-json.ts'
import type { OutputForm } from './output-form.ts'
import type { OutputParser } from './output-parser.ts'
import type { OutputPlan } from './output-plan.ts'
import type { BaseCallResponse } from './response.ts'

/** What came of reading an output. */
export type OutputReading =
  /** `written` is the output before the schema changed it; `restored` says whether it is not what the answer says. */
  | { readonly type: 'output'; readonly output: unknown; readonly written: unknown; readonly restored: boolean }
  /** The caller's tools come first. */
  | { readonly type: 'tool-calls' }
  | { readonly type: 'failure'; readonly failure: OutputFailure }

/** Why there is no output. */
export interface OutputFailure {
  readonly code: Extract<ErrorCode, 'output_validation' | 'truncated' | 'content_filter'>
  readonly message: string
  /** The problem in words that the model can be shown to repair it; absent where that cannot help. */
  readonly repair?: string
  readonly raw: string
  readonly issues?: readonly SchemaIssue[]
  readonly cause?: unknown
}

/** Reads an output that is JSON. */
export async function readJsonOutput(
  { wrapped, jsonSchema, validate }: OutputForm,
  { tool, restore, options }: OutputPlan,
  response: BaseCallResponse,
): Promise<OutputReading> {
  const others = response.toolCalls.filter(({ name }) => name !== tool)
  if (others.length > 0 && options.tools?.some(({ name }) => name !== tool)) return { type: 'tool-calls' }
  const call = response.toolCalls.find(({ name }) => name === tool)
  const raw = call?.raw ?? response.content
  const found = findJson(raw)
  if (found.problem !== undefined) {
    const [other] = others
    if (other) return failed(response, raw, { message: `it calls ${other.name}, and there is no such tool` })
    const what = raw.trim() === '' ? 'it is empty' : `${found.problem}: ${excerpt(raw)}`
    return failed(response, raw, { message: what, repair: raw.trim() === '' ? 'it is empty' : found.problem })
  }
  // Some models leave out the object that was put around a list.
  const object = wrapped && !isObject(found.value) ? { value: found.value } : found.value
  const restored = withoutNulls(jsonSchema, restore ? await restore(object) : object)
  if (wrapped && !(isObject(restored) && Object.hasOwn(restored, 'value'))) {
    const message = 'must be an object with the property "value"'
    const issues = [{ path: [], message, keyword: 'required' }]
    return failed(response, raw, { message: `it ${message}`, issues })
  }
  const written = wrapped && isObject(restored) ? restored['value'] : restored
  const result = await validate(written)
  if (!result.issues) return { type: 'output', output: result.value, written, restored: restored !== object }
  const { issues } = result
  const seen = wrapped ? issues.map((issue) => ({ ...issue, path: ['value', ...issue.path] })) : issues
  return failed(response, raw, { message: describe(issues), repair: describe(seen), issues })
}

/** Reads an output that is not JSON. */
export async function readParsedOutput(
  { parse }: OutputParser,
  { options }: OutputPlan,
  response: BaseCallResponse,
): Promise<OutputReading> {
  if (response.toolCalls.length > 0 && options.tools?.length) return { type: 'tool-calls' }
  try {
    const output = await parse(response)
    return { type: 'output', output, written: output, restored: false }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    return failed(response, response.content, { message, cause })
  }
}

function describe(issues: readonly SchemaIssue[]): string {
  return describeIssues(issues.map((issue) => (issue.path.length > 0 ? issue : { ...issue, path: ['it'] })))
}

/** A cut or withheld answer has no output for that reason, and to ask for a correction would not help. */
function failed(
  { finishReason, provider, model }: BaseCallResponse,
  raw: string,
  problem: Pick<OutputFailure, 'message' | 'repair' | 'issues' | 'cause'>,
): OutputReading {
  const about = `${provider} (${model}): `
  if (finishReason.unified === 'length') {
    const message = `${about}the answer was cut at the token limit before its output was whole. Raise \`maxTokens\`.`
    return { type: 'failure', failure: { code: 'truncated', message, raw } }
  }
  if (finishReason.unified === 'content_filter') {
    const message = `${about}the provider withheld the answer, so that there is no output.`
    return { type: 'failure', failure: { code: 'content_filter', message, raw } }
  }
  const { message, repair = message, ...rest } = problem
  const text = `${about}the answer is not the output that was asked for: ${message}`
  return { type: 'failure', failure: { ...rest, code: 'output_validation', message: text, repair, raw } }
}

function withoutNulls(schema: OutputForm['jsonSchema'], value: unknown): unknown {
  try {
    return withoutRefusedNulls(schema, value)
  } catch (error) {
    // What cannot be checked here is checked by the library that made the schema.
    if (error instanceof InterlinguaError) return value
    throw error
  }
}
