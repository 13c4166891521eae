import type { ScriptedFraming } from './fault.ts'
import type { Frame } from './route.ts'

/** The same events, written in another way. */
export function* reframed(frames: Iterable<Frame>, framing: ScriptedFraming): Generator<Frame> {
  let held: Frame | undefined
  let first = true
  for (const frame of frames) {
    if (held) yield held
    held = typeof frame.text === 'string' ? { ...frame, text: written(frame.text, framing, first) } : frame
    first = false
  }
  if (!held) return
  const { text } = held
  yield framing.noLastLineEnd && typeof text === 'string' ? { ...held, text: text.trimEnd() } : held
}

function written(event: string, framing: ScriptedFraming, first: boolean): string {
  const { lineEnd = '\n', byteOrderMark, comments, severalDataLines, otherFields, noSpaces } = framing
  let text = severalDataLines ? event.replaceAll(/^data: (.*)$/gm, (_, data: string) => inLines(data)) : event
  if (otherFields) text = `id: 1\nretry: 10\nunknown: field\nalone\n${text}`
  if (noSpaces) text = text.replaceAll(/^(\w+): /gm, '$1:')
  if (comments) text = `: keep-alive\n\n:\n${text}`
  if (byteOrderMark && first) text = `\uFEFF${text}`
  return text.replaceAll('\n', lineEnd)
}

function inLines(data: string): string {
  // `[DONE]` is no JSON.
  const text = data.startsWith('{') ? JSON.stringify(JSON.parse(data), undefined, 1) : data
  return text
    .split('\n')
    .map((line) => `data: ${line}`)
    .join('\n')
}
