import {
  type Citation,
  type Delta,
  isObject,
  itemsIn,
  type Loose,
  numberIn,
  textIn,
  type TokenLogprobs,
  type Warning,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { bytesOfBase64 } from '@interlingua/core/encoding'
import type { OpenAIDialect } from './dialects/dialect.ts'
import { meaningOf, readFailure } from './error.ts'
import { decodeFinishReason } from './finish-reason.ts'
import { GrowingFields } from './growing-fields.ts'
import { ToolCallDecoder } from './tool-call-decoder.ts'
import type { WireAnnotation, WireChoice, WireDelta, WireLogprobs, WireTokenLogprob } from './wire.ts'

/** Where the parts of a message stand: a chunk does not say, and a message that is not streamed has one of each. */
const partIndexes = { thinking: 0, text: 1, refusal: 2, audio: 3 } as const

/** What is read of a message beside the fields that go back as they came. */
const mediaTypes: Readonly<Record<string, string>> = { mp3: 'audio/mpeg', pcm16: 'audio/pcm' }

/** What a choice has to know of the call. */
export interface ChoiceContext {
  readonly dialect: OpenAIDialect
  /** The caller's names of tools by the names that were sent. */
  readonly toolNames: ReadonlyMap<string, string>
  /** The format of the sound that was asked for. */
  readonly audioFormat: string | undefined
}

/** Reads one of the answers to a request, piece by piece, or as a whole. */
export class ChoiceDecoder {
  /** Whether the server said that it is done. */
  finished = false
  readonly #context: ChoiceContext
  readonly #calls: ToolCallDecoder
  readonly #fields: GrowingFields
  /** The text, where numbers in it stand for sources. */
  readonly #pieces: string[] = []
  readonly #unknownParts = new Set<string>()

  constructor(context: ChoiceContext) {
    this.#context = context
    const { name, takesBack = [] } = context.dialect
    this.#calls = new ToolCallDecoder(name, context.toolNames)
    this.#fields = new GrowingFields(takesBack)
  }

  /** What a choice of an event, or of a whole answer, says. `pages` are those that numbers in the text stand for. */
  decode(
    choice: Loose<WireChoice>,
    { isWhole, pages }: { readonly isWhole: boolean; readonly pages: readonly unknown[] },
  ): readonly Delta[] {
    const { logprobs, finish_reason: reason, error } = choice
    const deltas: Delta[] = []
    // Perplexity has both: the whole message beside each piece of it, and an empty piece beside a whole message.
    const { delta, message } = choice
    const said = isWhole ? (message ?? delta) : (delta ?? message)
    if (said) this.#message(said, deltas)
    if (logprobs) decodeLogprobs(logprobs, deltas)
    if (reason && !this.finished) this.#finish(decodeFinishReason(reason), pages, deltas)
    // What failed is told once; a finish reason of `error` alone says nothing of why.
    if (error) deltas.push(failureOf(error))
    return deltas
  }

  #message(said: Loose<WireDelta>, deltas: Delta[]): void {
    this.#thinking(said, deltas)
    this.#content(said.content, deltas)
    if (said.refusal) deltas.push({ type: 'refusal', index: partIndexes.refusal, text: said.refusal })
    if (said.audio) this.#audio(said.audio, deltas)
    this.#calls.decode(itemsIn(said.tool_calls), deltas)
    if (said.function_call) this.#calls.decode([{ index: -1, function: said.function_call }], deltas)
    for (const annotation of itemsIn(said.annotations)) decodeAnnotation(annotation, deltas)
    this.#fields.add(said)
  }

  /** A server that sends the same thoughts under two names is read once. */
  #thinking(
    { reasoning_content: content, reasoning, reasoning_details: details }: Loose<WireDelta>,
    deltas: Delta[],
  ): void {
    const text = textIn(content) || textIn(reasoning) || itemsIn(details).map(detailText).join('')
    if (text) deltas.push({ type: 'thinking', index: partIndexes.thinking, text })
  }

  #content(content: unknown, deltas: Delta[]): void {
    if (typeof content === 'string') this.#text(content, deltas)
    // Mistral's: parts that say what they are.
    else if (Array.isArray(content)) for (const part of content) this.#part(part, deltas)
  }

  #text(text: string, deltas: Delta[]): void {
    if (text === '') return
    if (this.#context.dialect.citesByNumber) this.#pieces.push(text)
    deltas.push({ type: 'text', index: partIndexes.text, text })
  }

  #part(part: unknown, deltas: Delta[]): void {
    if (!isObject(part)) return
    const { type, text, thinking } = part
    if (type === 'thinking') {
      const thought =
        typeof thinking === 'string'
          ? thinking
          : itemsIn(Array.isArray(thinking) ? thinking : [])
              .map(textOfPart)
              .join('')
      if (thought !== '') deltas.push({ type: 'thinking', index: partIndexes.thinking, text: thought })
    } else if (typeof text === 'string') this.#text(text, deltas)
    else if (typeof type === 'string' && !this.#unknownParts.has(type)) {
      this.#unknownParts.add(type)
      deltas.push({ type: 'warning', warning: unknownPart(type) })
    }
  }

  #audio(audio: Loose<NonNullable<WireDelta['audio']>>, deltas: Delta[]): void {
    const { id, data, transcript, expires_at: expires } = audio
    const { dialect, audioFormat = 'pcm16' } = this.#context
    const fields = withoutUndefined({ id: textIn(id), expires_at: numberIn(expires) })
    deltas.push({
      type: 'audio',
      index: partIndexes.audio,
      text: textIn(transcript) ?? '',
      ...(typeof data === 'string' && { data: bytesOfBase64(data) }),
      mediaType: mediaTypes[audioFormat] ?? `audio/${audioFormat}`,
      ...(Object.keys(fields).length > 0 && { providerFields: { [dialect.name]: fields } }),
    })
  }

  #finish(reason: ReturnType<typeof decodeFinishReason>, pages: readonly unknown[], deltas: Delta[]): void {
    this.finished = true
    this.#calls.end(deltas)
    const fields = this.#fields.whole()
    if (fields) deltas.push({ type: 'message', providerFields: { [this.#context.dialect.name]: fields } })
    if (this.#context.dialect.citesByNumber) citePages(this.#pieces.join(''), pages, deltas)
    deltas.push({ type: 'finish', reason })
    if (reason.unified !== 'error') return
    const message = `the answer failed: the server gave no reason (${reason.raw}). What had arrived is in \`partial\`.`
    deltas.push({ type: 'error', code: 'server', message, retryable: true })
  }
}

/** A failure inside an answer that had begun well. */
export function failureOf(error: unknown): Delta {
  const failure = readFailure(isObject(error) ? error : { message: error })
  const { code, retryable } = meaningOf(failure)
  const message = `the answer failed: ${failure?.message ?? JSON.stringify(error)}. What had arrived is in \`partial\`.`
  return { type: 'error', code, message, retryable }
}

function decodeAnnotation(annotation: Loose<WireAnnotation>, deltas: Delta[]): void {
  const { type, url_citation: cited } = annotation
  if (type !== 'url_citation' || !cited) return
  const { url, title, content } = cited
  const source = withoutUndefined({
    type: 'url' as const,
    url: textIn(url),
    title: textIn(title),
    data: typeof content === 'string' ? { content } : undefined,
  })
  const [start, end] = [numberIn(cited.start_index) ?? 0, numberIn(cited.end_index) ?? 0]
  // The span is not quoted: the fold looks up what stands there.
  deltas.push({ type: 'citation', citation: { start, end, text: '', sources: [source], target: 'text' } })
}

/** Numbers in the text, such as `[2]`, that stand for pages in a list. */
function citePages(text: string, pages: readonly unknown[], deltas: Delta[]): void {
  if (pages.length === 0) return
  for (const { 0: mark, 1: number, index } of text.matchAll(/\[(\d+)\]/g)) {
    const page = pages[Number(number) - 1]
    if (page === undefined) continue
    const { url, title, ...rest } = isObject(page) ? page : { url: page }
    const source = withoutUndefined({
      type: 'url' as const,
      id: number,
      url: textIn(url),
      title: textIn(title),
      data: Object.keys(rest).length > 0 ? rest : undefined,
    })
    const citation: Citation = { start: index, end: index + mark.length, text: mark, sources: [source], target: 'text' }
    deltas.push({ type: 'citation', citation })
  }
}

function decodeLogprobs(
  { content, refusal, reasoning_content: reasoning }: Loose<WireLogprobs>,
  deltas: Delta[],
): void {
  const add = (tokens: readonly WireTokenLogprob[] | null | undefined, target?: TokenLogprobs['target']): void => {
    for (const token of itemsIn(tokens)) deltas.push({ type: 'logprobs', logprobs: decodeToken(token, target) })
  }
  add(reasoning, 'thinking')
  add(content)
  add(refusal, 'refusal')
}

function decodeToken(
  { token, logprob, top_logprobs: top }: Loose<WireTokenLogprob>,
  target: TokenLogprobs['target'],
): TokenLogprobs {
  const alternatives = itemsIn(top).map((each) => ({ text: each.token, logprob: each.logprob }))
  return withoutUndefined({
    text: textIn(token),
    logprobs: itemsIn([numberIn(logprob)]).filter((each) => each !== undefined),
    alternatives: alternatives.length > 0 ? alternatives : undefined,
    target,
  })
}

function detailText({ text, summary }: { readonly text?: unknown; readonly summary?: unknown }): string {
  return textIn(text) ?? textIn(summary) ?? ''
}

function textOfPart(part: unknown): string {
  return isObject(part) ? (textIn(part['text']) ?? '') : ''
}

function unknownPart(type: string): Warning {
  const message = `the answer has content of type ${JSON.stringify(type)}, which is not in its message: it is in \`raw\`, or in \`chunk.event\`.`
  return { code: 'malformed', message, field: 'content' }
}
