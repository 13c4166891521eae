import type { DialectName } from '@interlingua/openai'
import { dialects } from '@interlingua/openai/dialects'
import { z } from 'zod'

const positive = z.number().positive()
const whole = z.int().positive()

/** Deadlines, in milliseconds. */
const timeout = z.strictObject({
  connectMs: positive.optional(),
  firstByteMs: positive.optional(),
  idleMs: positive.optional(),
  totalMs: positive.optional(),
})

const attempts = z.strictObject({ attempts: whole })
const retry = z.union([z.literal(false), attempts])

const dialectNames = Object.keys(dialects) as [DialectName, ...DialectName[]]

const provider = z.strictObject({
  /** What it speaks; default: what its name says. */
  dialect: z.enum(['cohere-v2', ...dialectNames]).optional(),
  baseURL: z.url().optional(),
  /** The environment variable that holds the key. A key itself has no place in a file. */
  apiKeyVariable: z.string().min(1).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  timeout: timeout.optional(),
  retry: retry.optional(),
  /** Whether requests and events of OpenAI's protocols go through as they came. */
  passThrough: z.boolean().optional(),
})

const modelName = z
  .string()
  .regex(/^[^/\s]+\/\S+$/, 'a model is named provider/model, such as cohere/command-a-03-2025')

const longAlias = z.strictObject({
  use: modelName,
  fallback: z.array(modelName).optional(),
  timeout: timeout.optional(),
  retry: retry.optional(),
})
const alias = z.union([modelName, longAlias])

const limits = z.strictObject({
  requestsPerMinute: whole.optional(),
  requestsPerDay: whole.optional(),
  tokensPerMinute: whole.optional(),
  tokensPerDay: whole.optional(),
  concurrency: whole.optional(),
  usdPerDay: positive.optional(),
})

const key = z.strictObject({
  name: z.string().min(1),
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'a hash is made by `interlingua-gateway key`: sha256: and 64 hexadecimal digits'),
  /** The models that it may use: names, aliases, or `provider/*`. Default: all. */
  models: z.array(z.string().min(1)).optional(),
  limits: limits.optional(),
})

const server = z.strictObject({
  host: z.string().optional(),
  port: z.int().min(0).max(65_535).optional(),
  maxBodyBytes: whole.optional(),
  maxConcurrency: whole.optional(),
  shutdownGraceMs: z.number().min(0).optional(),
})

const log = z.strictObject({ file: z.string().min(1).optional(), keepDays: positive.optional() })

const providerName = z.string().regex(/^[\w.-]+$/, 'a provider is named with letters, digits, `_`, `.` and `-`')

/** What a configuration file may say. Unknown keys are errors. */
export const configSchema = z.strictObject({
  server: server.optional(),
  providers: z.record(providerName, provider).optional(),
  models: z.record(z.string().min(1), alias).optional(),
  keys: z.array(key).optional(),
  log: log.optional(),
})

/** What may stand where, by the nearest name around it. */
export const shapes = {
  timeout: timeout.shape,
  retry: attempts.shape,
  limits: limits.shape,
  server: server.shape,
  providers: provider.shape,
  models: longAlias.shape,
  keys: key.shape,
  log: log.shape,
}

/** A configuration file that has been checked. */
export type Config = z.infer<typeof configSchema>
export type ProviderConfig = z.infer<typeof provider>
export type KeyConfig = z.infer<typeof key>
export type KeyLimits = z.infer<typeof limits>
