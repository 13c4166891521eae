import { createHash } from 'node:crypto'

const longest = 100
/** Windows keeps these for itself, whatever their ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/

/** The name of a file for a test: its title in letters and digits that every system takes. */
export function fileNameOf(title: string): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  if (words !== '' && words.length <= longest && !reserved.test(words)) return words
  // What is cut off, or has no letter at all, is told apart by a digest of the whole.
  const digest = createHash('sha256').update(title).digest('hex').slice(0, 8)
  return [words.slice(0, longest).replace(/-$/, ''), digest].filter((part) => part !== '').join('-')
}
