import type { Delta } from './delta.ts'
import type { Fold } from './fold.ts'
import type { StreamSource } from './stream-source.ts'
import type { ProviderTypes } from './types.ts'

/** The tool call that a delta adds to, where the caller wants to see it grow. */
export function growingTool<T extends ProviderTypes>(
  delta: Delta,
  fold: Fold,
  source: StreamSource<T>,
): T['Tool'] | undefined {
  if (delta.type !== 'tool-call-start' && delta.type !== 'tool-call-delta') return undefined
  if (!source.config.partialTools) return undefined
  return source.createTool(fold.toolCall(delta.index), 'text' in delta ? delta.text : '')
}
