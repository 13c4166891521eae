import { InterlinguaError } from './error.ts'
import { checkJsonSchema } from './json-schema-check.ts'
import { describeIssues } from './json-schema-issue.ts'
import type { JsonSchema } from './json-schema.ts'
import { isPlainSchema, type OutputOf, readSchema, type Schema, type SchemaReader } from './schema.ts'
import type { ToolCall, ToolDefinition } from './tool.ts'

/** What a tool is given beside its arguments and its context. */
export interface ToolInvocation {
  /** The call as the model wrote it. */
  readonly toolCall: ToolCall
  /** Aborts when the run is stopped, or when the tool's time is up: hand it on to what the tool waits for. */
  readonly signal: AbortSignal
}

/** The function of any tool. */
export type ToolFunction = (args: never, context: never, invocation: ToolInvocation) => unknown

/** A tool that can be run. It is its own definition, and goes into `tools` as it is. */
export interface Tool<Run extends ToolFunction = ToolFunction> extends ToolDefinition {
  /** What the tool does. Gets the arguments as its schema gives them; what it returns, the model is told. */
  readonly run: Run
  /** Checks arguments. Where a tool has none, its `parameters` alone decide. */
  readonly validate?: SchemaReader['validate']
  /** How long it may take. Default: `toolTimeoutMs` of the run. */
  readonly timeoutMs?: number
}

/** The context that tools need: everything that any of them asks for. `unknown` where none asks. */
export type ContextOf<T extends ToolDefinition> = (
  T extends { readonly run: (args: never, context: infer Context, invocation: never) => unknown }
    ? (context: Context) => void
    : never
) extends (context: infer All) => void
  ? All
  : never

/** What a tool is made of. */
export interface ToolOptions<Input extends Schema, Context, Result> {
  /** What the model calls it by. */
  readonly name: string
  /** What it does and when to use it: the model decides by this. */
  readonly description?: string
  /** A schema of its arguments, which are an object. Default: it takes none. */
  readonly input?: Input
  /** Arguments that it could be called with, to show the model how. They go into its JSON Schema. */
  readonly examples?: readonly object[]
  /** How long it may take. Default: `toolTimeoutMs` of the run. */
  readonly timeoutMs?: number
  /** What the tool does. May be async. What it throws, the model is told. */
  readonly run: (args: OutputOf<Input>, context: Context, invocation: ToolInvocation) => Result
}

/**
 * Defines a tool by a schema of its arguments: of zod, Valibot, ArkType, of any other library that implements Standard JSON
 * Schema, or a plain JSON Schema.
 *
 * ```ts
 * const getWeather = defineTool({
 *   name: 'get_weather',
 *   description: 'Tells the weather of a day',
 *   input: z.object({ city: z.string(), days: z.number().default(0) }),
 *   run: ({ city, days }, { weather }: { weather: WeatherService }) => weather.report(city, days),
 * })
 * ```
 *
 * The type of the context is the one that `run` declares for its second parameter: whoever runs the tool has to give it.
 * The arguments of a plain JSON Schema are `unknown`; `input: jsonSchema<{ city: string }>({ … })` says what they are.
 *
 * @throws {InterlinguaError} of code `invalid_request` where the schema cannot become a JSON Schema of an object, or an
 * example does not fit it.
 */
export function defineTool<Context, Result, Input extends Schema = JsonSchema>(
  options: ToolOptions<Input, Context, Result>,
): Tool<(args: OutputOf<Input>, context: Context, invocation: ToolInvocation) => Result>
export function defineTool<Context, Result>({
  input = { type: 'object', properties: {} },
  examples,
  ...rest
}: ToolOptions<Schema, Context, Result>): Tool<
  (args: unknown, context: Context, invocation: ToolInvocation) => Result
> {
  const field = `tools.${rest.name}.input`
  const { jsonSchema, validate } = readSchema(input, field)
  const { type = 'object' } = jsonSchema
  if (type !== 'object')
    throw unusable(field, `the arguments of a tool are an object, and this is a schema of ${JSON.stringify(type)}.`)
  for (const [index, example] of examples?.entries() ?? []) {
    const issues = checkJsonSchema(jsonSchema, example)
    if (issues.length > 0) {
      throw unusable(
        `tools.${rest.name}.examples`,
        `example ${index} does not fit the schema: ${describeIssues(issues)}.`,
      )
    }
  }
  const parameters = examples ? { ...jsonSchema, examples } : jsonSchema
  return isPlainSchema(input) ? { ...rest, parameters } : { ...rest, parameters, validate }
}

function unusable(field: string, problem: string): InterlinguaError {
  return new InterlinguaError({ code: 'invalid_request', message: `${field}: ${problem}`, field })
}
