import { type Citation, withoutUndefined } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'

const types = { text: 'TEXT_CONTENT', thinking: 'THINKING_CONTENT', plan: 'PLAN' } as const

/** A citation as Cohere tells it. A page or a file is a document with what is known of it. */
export function encodeCitation({ start, end, text, sources, target, contentIndex }: Citation): JsonObject {
  return withoutUndefined({
    start,
    end,
    text,
    sources: sources.map(({ type, id, url, title, data }) => {
      if (type === 'tool') return withoutUndefined({ type, id, tool_output: data })
      const document = withoutUndefined({ id: id ?? url, url, title, ...data })
      return withoutUndefined({ type: 'document', id: id ?? url, document })
    }),
    type: types[target ?? 'text'],
    content_index: contentIndex,
  })
}
