import { randomBytes } from 'node:crypto'

/** What the ids of reasoning begin with that is a plan of Cohere's: it goes back as one. */
export const planPrefix = 'rs_plan_'

/** An id for an item, as the Responses API has them. */
export function itemId(prefix: string): string {
  return `${prefix}${prefix.endsWith('_') ? '' : '_'}${randomBytes(24).toString('hex')}`
}
