import type { ChatContext, ChatStyle } from './dialect.ts'
import { padding } from './padding.ts'

/**
 * Writes the chunks of a choice that bring a piece of text and nothing else. They differ only in that piece and in the
 * padding, so that all of the rest is made once: a stream is mostly such chunks.
 */
export function textDeltaWriter(style: ChatStyle, index: number, context: ChatContext): (piece: string) => string {
  const marker = '\u0000text\u0000'
  const choice = { index, delta: style.text(marker, context), finish: null, logprobs: null, text: '' }
  const chunk = { choices: [choice], usage: undefined, kind: 'delta', piece: '' } as const
  const sample = JSON.stringify(style.chunk(chunk, [style.choice(choice, context)], context))
  const [before = '', rest = ''] = sample.split(JSON.stringify(marker))
  const [middle = '', after] = rest.split(padding({ piece: '' }))
  if (after === undefined) return (piece) => `data: ${before}${JSON.stringify(piece)}${rest}\n\n`
  return (piece) => `data: ${before}${JSON.stringify(piece)}${middle}${padding({ piece })}${after}\n\n`
}
