/** A document that stands in the text of a message. */
export interface TextDocument {
  /** 0 for the first one of the conversation. */
  readonly index: number
  readonly id: string | undefined
  readonly title: string | undefined
  readonly url: string | undefined
  readonly text: string
}

// The two usual ways to put documents into a prompt: between tags, and under a heading that ends where the question begins.
const tagged = /<(document|doc|source|file|context|passage|article|page)\b([^<>]{0,500})>([\s\S]*?)<\/\1>/gi
const headed =
  /(?:^|\n)[#*\s]{0,6}(?:context|documents?|sources?|passages?|notes|article|background|text)[*\s]{0,3}:[*]{0,2}[ \t]*\n?([\s\S]+?)\n[#*\s]{0,6}(?:question|query|task|instructions?|q)[*\s]{0,3}:/i
const attribute = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Takes the documents out of texts, and gives what is left of each. */
export function textDocuments(texts: readonly string[]): {
  documents: readonly TextDocument[]
  rests: readonly string[]
} {
  const documents: TextDocument[] = []
  const rests = texts.map((whole) => {
    const rest = whole.replace(tagged, (_, _tag: string, written: string, inside: string) => {
      const fields = new Map<string, string>()
      for (const [, name = '', double, single] of written.matchAll(attribute)) {
        fields.set(name.toLowerCase(), double ?? single ?? '')
      }
      const url = fields.get('url') ?? fields.get('href') ?? fields.get('source')
      documents.push({
        index: documents.length,
        id: fields.get('id') ?? fields.get('index'),
        title: fields.get('title') ?? fields.get('name') ?? fields.get('filename'),
        url: url !== undefined && URL.canParse(url) ? url : undefined,
        text: inside.trim(),
      })
      return ''
    })
    if (rest !== whole) return rest.trim()
    const match = headed.exec(whole)
    if (!match) return whole
    const plain = { id: undefined, title: undefined, url: undefined }
    documents.push({ index: documents.length, ...plain, text: (match[1] ?? '').trim() })
    const end = match.index + match[0].length
    // What stood before the documents says how to answer, and what comes after them is asked.
    return whole.slice(end).trim() || whole.slice(0, match.index).trim()
  })
  return { documents, rests }
}

/** A file as a document in a text. */
export function documentMarkup(title: string, text: string): string {
  return `<document title="${title.replaceAll('"', "'")}">\n${text}\n</document>\n`
}
