import type { Problem } from './errors.ts'

/** What the simulator knows of a model (https://docs.cohere.com/docs/models). */
export interface Model {
  readonly id: string
  /** Most tokens of an answer. */
  readonly maxOutput: number
  /** Thinks before it answers, unless told not to. */
  readonly reasons: boolean
  /** Models of 2024 refuse what later ones cap or accept: a too large `max_tokens`, and both penalties at once. */
  readonly strict: boolean
  /** Tokens of the vendor's own prompt around the conversation, as recorded: 496 for a prompt of 1. */
  readonly templateTokens: number
}

function model(id: string, maxOutput: number, kind: 'reasons' | 'strict' | 'plain' = 'plain'): Model {
  const reasons = kind === 'reasons'
  return { id, maxOutput, reasons, strict: kind === 'strict', templateTokens: reasons ? 1386 : 495 }
}

const models: readonly Model[] = [
  model('command-a-plus-05-2026', 65_536, 'reasons'),
  model('command-a-03-2025', 8_192),
  model('command-a-reasoning-08-2025', 32_768, 'reasons'),
  model('command-a-vision-07-2025', 8_192),
  model('command-a-translate-08-2025', 8_192),
  model('command-r7b-12-2024', 4_096, 'strict'),
  model('command-r-08-2024', 4_096, 'strict'),
  model('command-r-plus-08-2024', 4_096, 'strict'),
  model('north-mini-code-1.0', 65_536),
]

// The family comes in several sizes and regions (tiny-aya-global, tiny-aya-earth, …).
const tinyAya = /^tiny-aya-[a-z0-9-]+$/

const removed = new Set(['command', 'command-light', 'command-r', 'command-r-plus'])

/** The model of that id, or the 404 that the vendor answers with. */
export function findModel(id: string): Model | Problem {
  const found = models.find((known) => known.id === id)
  if (found) return found
  if (tinyAya.test(id)) return model(id, 8_192)
  if (removed.has(id)) {
    const list = 'See https://docs.cohere.com/docs/models#command for a list of models you can use instead.'
    return { status: 404, message: `model '${id}' was removed on September 15, 2025. ${list}` }
  }
  const advice = 'make sure the correct model ID was used and that you have access to the model.'
  return { status: 404, message: `model '${id}' not found, ${advice}` }
}
