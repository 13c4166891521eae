import { stem, wordsOf } from './words.ts'

const good = stems(
  'good great excellent wonderful amazing love loved lovely perfect happy glad best nice fantastic awesome pleased enjoy enjoyed recommend delicious friendly beautiful thanks fast helpful',
)
const bad = stems(
  'bad terrible awful horrible hate hated worst poor broken disappointed disappointing sad angry annoying useless slow rude dirty refund never late wrong boring cold crashes',
)
const denial = new Set(['not', 'no', 'never', "isn't", "wasn't", "don't", "didn't", "doesn't", "can't", 'hardly'])

/** Whether a text praises (above 0), blames (below 0), or neither: by counting words, of which "not" turns the next ones. */
export function sentimentOf(text: string): number {
  let [score, turned] = [0, 0]
  for (const word of wordsOf(text)) {
    const value = good.has(stem(word)) ? 1 : bad.has(stem(word)) ? -1 : 0
    score += turned > 0 && value !== 0 ? -value : value
    turned = denial.has(word) ? 3 : turned - 1
  }
  return score
}

function stems(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(stem))
}
