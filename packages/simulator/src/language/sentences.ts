const boundary = /[.!?…]+["'”’)\]]{0,2}\s{1,8}(?=[^\s\p{Ll}])|\s*\n\s*/gu
const abbreviation = /(?:^|[\s(.])(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|No|vs|e\.g|i\.e)\.$/u

/** The sentences of a text as it writes them, without the space around them. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = []
  let start = 0
  for (const { 0: mark, index } of text.matchAll(boundary)) {
    const end = index + mark.trimEnd().length
    if (!mark.includes('\n') && abbreviation.test(text.slice(Math.max(start, end - 6), end))) continue
    sentences.push(text.slice(start, end))
    start = index + mark.length
  }
  sentences.push(text.slice(start))
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '')
}
