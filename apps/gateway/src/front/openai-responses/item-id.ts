import { randomBytes } from 'node:crypto'

/** What the ids of reasoning begin with that is a plan of Cohere's: it goes back as one. */
export const planPrefix = 'rs_ilg_plan_'

/** An id for an item that was translated: `msg_ilg_…`. */
export function itemId(prefix: string): string {
  return `${prefix}${randomBytes(24).toString('hex')}`
}

/** Whether an item was made here: OpenAI does not know it. */
export function isOwnId(id: unknown): boolean {
  return typeof id === 'string' && /^[a-z]+_ilg_/.test(id)
}
