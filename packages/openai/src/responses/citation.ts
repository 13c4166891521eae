import { type Citation, type CitationSource, numberIn, textIn, withoutUndefined } from '@interlingua/core/adapter'

import type { Item } from './item.ts'

/** Where an annotation stands. */
export interface AnnotationPlace {
  /** The part that its offsets count in. */
  readonly contentIndex: number
  /** The provider's name, under which the annotation is kept as it came. */
  readonly provider: string
}

/**
 * An annotation in neutral form. Those of web pages and of files in containers span a text, which OpenAI does not quote; those
 * of files in a vector store stand at one place in it.
 *
 * @see https://platform.openai.com/docs/guides/tools-web-search#output-and-citations
 */
export function decodeCitation(annotation: Item, { contentIndex, provider }: AnnotationPlace): Citation {
  const at = numberIn(annotation['index']) ?? 0
  return {
    start: numberIn(annotation['start_index']) ?? at,
    end: numberIn(annotation['end_index']) ?? at,
    text: '',
    sources: [sourceOf(annotation)],
    target: 'text',
    contentIndex,
    providerFields: { [provider]: { annotation } },
  }
}

function sourceOf(annotation: Item): CitationSource {
  const { type, url, title, file_id: id, filename, container_id: container } = annotation
  if (type === 'url_citation') return withoutUndefined({ type: 'url', url: textIn(url), title: textIn(title) })
  if (typeof id !== 'string') return { type: textIn(type) ?? 'unknown', data: annotation }
  const data = typeof container === 'string' ? { container_id: container } : undefined
  return withoutUndefined({ type: 'file', id, title: textIn(filename), data })
}
