import type { JsonObject } from '../json.ts'

/** Why a request is refused, in OpenAI's words; a dialect says it in its own. */
export interface Problem {
  readonly status: number
  readonly message: string
  /** Default `invalid_request_error`. */
  readonly type?: string
  readonly param?: string
  readonly code?: string
  readonly headers?: Readonly<Record<string, string>>
  /** What the body has beside the error. */
  readonly beside?: JsonObject
}

/** 400 with what OpenAI tells beside the message. */
export function badRequest(message: string, param?: string, code?: string): Problem {
  return { status: 400, message, ...(param !== undefined && { param }), ...(code !== undefined && { code }) }
}

/** Whether a value is a problem, and not what was looked for. */
export function isProblem(value: object | undefined): value is Problem {
  return value !== undefined && 'status' in value && 'message' in value
}

/** The first problem that a check finds. */
export function firstProblem<T>(items: Iterable<T>, check: (item: T) => Problem | undefined): Problem | undefined {
  for (const item of items) {
    const problem = check(item)
    if (problem) return problem
  }
  return undefined
}

/** "'a'", "'a' and 'b'", "'a', 'b', and 'c'": how OpenAI lists words. */
function quoted(words: readonly string[]): string {
  const marked = words.map((word) => `'${word}'`)
  if (marked.length < 3) return marked.join(' and ')
  return `${marked.slice(0, -1).join(', ')}, and ${marked.at(-1)}`
}

/** 400 for a word that is not one of a parameter's words; recorded. */
export function invalidValue(value: string, words: readonly string[], param: string): Problem {
  return badRequest(`Invalid value: '${value}'. Supported values are: ${quoted(words)}.`, param, 'invalid_value')
}
