import { documentMarkup } from '../language/text-documents.ts'
import { textOfJson, type JsonObject } from '../json.ts'

/**
 * The text of a file in a message, as a document in the text around it. Only files that are sent along as text can be
 * read: others, uploaded ones and addresses count as empty.
 */
export function fileText({ file_data: data, filename }: JsonObject): string {
  const [, type = '', base64] = /^data:([^;,]*)[^,]*;base64,(.*)$/s.exec(textOfJson(data)) ?? []
  const name = textOfJson(filename)
  const isText =
    /^(?:text\/|application\/(?:json|xml|yaml))/.test(type) || /\.(?:md|txt|csv|json|xml|ya?ml|html?)$/i.test(name)
  if (base64 === undefined || !isText) return ''
  try {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
    return documentMarkup(name, new TextDecoder().decode(bytes))
  } catch {
    return ''
  }
}
