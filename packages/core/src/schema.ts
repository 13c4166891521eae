import { InterlinguaError } from './error.ts'
import { isObject } from './json.ts'
import { checkJsonSchema, type SchemaIssue } from './json-schema-check.ts'
import type { JsonSchema } from './json-schema.ts'

/**
 * A schema of any library that implements Standard Schema and Standard JSON Schema: zod 4.2 and ArkType 2.1.28 do, and
 * Valibot by `toStandardJsonSchema(schema)` of `@valibot/to-json-schema`.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchema<Output = unknown, Input = unknown> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
    readonly jsonSchema?: {
      readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>
    }
  }
}

/** What a Standard Schema says of a value. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

/** Why a value does not match a Standard Schema. */
export interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

const vendorOfPlain = 'interlingua'

/** What can say what a value looks like: a schema of a library, or a JSON Schema. */
export type Schema = StandardSchema | JsonSchema

/** The type of what a schema lets through; `unknown` for a plain JSON Schema. */
export type OutputOf<S extends Schema> = S extends StandardSchema
  ? NonNullable<S['~standard']['types']>['output']
  : unknown

/** What a schema makes of a value: the validated value, which the schema may have changed, or what is wrong with it. */
export type Validated<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/** A schema in the two forms in which it is needed: to show to a model, and to check what comes back. */
export interface SchemaReader<Output = unknown> {
  /** The values to be checked, before the schema changes them. Without `$schema`: it is always draft 2020-12. */
  readonly jsonSchema: JsonSchema
  readonly validate: (value: unknown) => Promise<Validated<Output>>
}

/**
 * Reads a schema. `field` is where the caller gave it, for errors.
 *
 * @throws {InterlinguaError} of code `invalid_request` where no JSON Schema can be made of it.
 */
export function readSchema<S extends Schema>(schema: S, field: string): SchemaReader<OutputOf<S>>
export function readSchema(schema: Schema, field: string): SchemaReader {
  if (!isStandardSchema(schema)) {
    const own = plain(schema, field)
    return {
      jsonSchema: own,
      validate: async (value) => {
        const issues = checkJsonSchema(own, value)
        return issues.length > 0 ? { issues } : { value }
      },
    }
  }
  const { '~standard': standard } = schema
  return {
    jsonSchema: plain(convert(schema, field), field),
    validate: async (value) => {
      const result = await standard.validate(value)
      return result.issues ? { issues: Array.from(result.issues, issueOf) } : { value: result.value }
    },
  }
}

/** A plain JSON Schema for values of a type that the caller vouches for: `jsonSchema<{ city: string }>({ … })`. */
export function jsonSchema<Type>(schema: JsonSchema): StandardSchema<Type, Type> {
  return {
    '~standard': {
      version: 1,
      vendor: vendorOfPlain,
      validate: (value) => {
        const issues = checkJsonSchema(schema, value)
        return issues.length > 0 ? { issues } : { value: value as Type }
      },
      jsonSchema: { input: () => schema },
    },
  }
}

/** Whether a schema is a JSON Schema and nothing else, so that whoever has that can do without its `validate`. */
export function isPlainSchema(schema: Schema): boolean {
  return !isStandardSchema(schema) || schema['~standard'].vendor === vendorOfPlain
}

// Schemas of ArkType are functions.
function isStandardSchema(schema: Schema): schema is StandardSchema {
  return (typeof schema === 'object' || typeof schema === 'function') && schema !== null && '~standard' in schema
}

function convert({ '~standard': { vendor, jsonSchema: converter } }: StandardSchema, field: string): JsonSchema {
  if (!converter) {
    const advice =
      vendor === 'valibot'
        ? 'Wrap it: `toStandardJsonSchema(schema)` of @valibot/to-json-schema.'
        : `Take a version of ${vendor} that implements Standard JSON Schema (zod 4.2, ArkType 2.1.28, or later), or give a JSON Schema: \`jsonSchema<Type>({ … })\`.`
    throw unusable(field, `the ${vendor} schema does not tell its JSON Schema. ${advice}`)
  }
  try {
    return converter.input({ target: 'draft-2020-12' })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const advice = 'Describe the value as JSON has it, and convert it afterwards.'
    throw unusable(field, `no JSON Schema can be made of the ${vendor} schema: ${reason}. ${advice}`, cause)
  }
}

/** The schema as JSON has it, since it is sent as that. */
function plain(schema: JsonSchema, field: string): JsonSchema {
  let copy: unknown
  try {
    copy = isObject(schema) ? JSON.parse(JSON.stringify(schema)) : undefined
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw unusable(field, `the JSON Schema cannot be written as JSON: ${reason}`, cause)
  }
  if (!isObject(copy))
    throw unusable(field, 'there is neither a schema of a library that knows Standard Schema nor a JSON Schema')
  const { $schema: _, ...rest } = copy
  return rest
}

// `Array.from`, since the lists of ArkType are of classes of its own, which `map` would make again.
function issueOf(issue: StandardIssue): SchemaIssue {
  const { message, path = [] } = issue
  // Those of `jsonSchema` are such issues already.
  const keyword = 'keyword' in issue && typeof issue.keyword === 'string' ? issue.keyword : 'schema'
  const keys = Array.from(path, (segment) => (typeof segment === 'object' ? segment.key : segment))
  return { path: keys.map((key) => (typeof key === 'symbol' ? String(key) : key)), message, keyword }
}

function unusable(field: string, problem: string, cause?: unknown): InterlinguaError {
  return new InterlinguaError({ code: 'invalid_request', message: `${field}: ${problem}`, field, cause })
}
