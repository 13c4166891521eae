import type { OpenAIDialect } from './dialect.ts'
import { type DialectName, dialects } from './table.ts'

/** All of a known dialect. A door to the table, which is public and so cannot be loaded late itself. */
export function loadedDialect(name: DialectName): OpenAIDialect {
  return dialects[name]
}
