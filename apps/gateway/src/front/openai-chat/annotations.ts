import type { Citation } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'

/** The citations that OpenAI has a word for: those of pages. The others are in the extension. */
export function encodeAnnotations(citations: readonly Citation[]): readonly JsonObject[] {
  return citations.flatMap(({ start, end, sources }) =>
    sources.flatMap(({ url, title }) =>
      url === undefined
        ? []
        : [{ type: 'url_citation', url_citation: { start_index: start, end_index: end, url, title: title ?? '' } }],
    ),
  )
}
