import { styleText } from 'node:util'
import type { BaseCallResponse, Model } from '@interlingua/core'

/** Writes a stream to the terminal as it arrives, and then what it took. */
export async function printAnswer(stream: ReturnType<Model['stream']>): Promise<void> {
  let thinking = false
  for await (const [chunk] of stream) {
    if (chunk.thinking) process.stdout.write(styleText('dim', chunk.thinking))
    if (thinking && chunk.content) process.stdout.write('\n\n')
    process.stdout.write(chunk.content)
    thinking = chunk.thinking !== '' || (thinking && chunk.content === '')
  }
  console.log(`\n\n${summary(await stream.response())}`)
}

function summary({ model, finishReason, usage, cost, timings, warnings }: BaseCallResponse): string {
  const rows: [string, string][] = [
    ['model', model],
    ['finish reason', `${finishReason.unified} (${finishReason.raw ?? 'none given'})`],
    ['tokens', counts({ ...usage, billed: undefined })],
    ['billed units', counts(usage.billed ?? {})],
    [
      'cost',
      cost
        ? `$${(cost.nanoUsd / 1e9).toFixed(9)} ${cost.price ? `at the prices of ${cost.price.date}` : 'as the provider charges it'}`
        : 'unknown',
    ],
    ['first token', `${timings.firstTokenMs?.toFixed(0) ?? '?'} ms`],
    ['total', `${timings.totalMs?.toFixed(0) ?? '?'} ms`],
    ...warnings.map(({ message }): [string, string] => ['warning', message]),
  ]
  return rows.map(([name, value]) => `${styleText('dim', name.padEnd(14))} ${value}`).join('\n')
}

/** `{ inputTokens: 4, outputTokens: 45 }` as `4 input, 45 output`. */
function counts(units: object): string {
  const known = Object.entries(units).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  const words = known.map(
    ([name, count]) =>
      `${count} ${name.replace('Tokens', '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
  )
  return words.join(', ') || 'not reported'
}
