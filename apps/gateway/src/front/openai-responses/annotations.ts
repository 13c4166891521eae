import type { Citation } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'

/** The citations that the Responses API has a word for: those of pages. The others are in `interlingua` beside the text. */
export function encodeAnnotations({ start, end, sources }: Citation): readonly JsonObject[] {
  return sources.flatMap(({ url, title }) =>
    url === undefined ? [] : [{ type: 'url_citation', start_index: start, end_index: end, url, title: title ?? '' }],
  )
}
