import type { JsonObject } from '../json.ts'
import type { Frame } from '../route.ts'
import { callJson } from './chat-answer.ts'
import type { ChatContext, ChatStyle, Chunk, ChunkChoice, Opening } from './dialect.ts'
import type { Meter } from './meter.ts'
import type { AnsweredCall, Step, Turn } from './turn.ts'
import { textDeltaWriter } from './text-delta.ts'
import { play } from './turn.ts'
import type { FinishReason } from './wire.ts'

/** One choice of a chat that is streamed. */
export interface StreamedChoice {
  readonly turn: Turn
  readonly meter: Meter
  /** The log probabilities of a piece, where they were asked for. */
  readonly logprobs: ((kind: 'text' | 'reasoning' | 'refusal', piece: string, index: number) => JsonObject) | undefined
}

interface Piece {
  readonly delta: JsonObject
  readonly logprobs: JsonObject | null
  readonly text: string
  readonly tokens: number
}

/** Writes a stream of chunks as the style has it: choices interleaved, endings, usage. */
export class ChatStream {
  readonly #style: ChatStyle
  readonly #context: ChatContext
  readonly #usage: () => JsonObject
  readonly #writers: ((piece: string) => string)[] = []
  #sent = 0

  constructor(style: ChatStyle, context: ChatContext, usage: () => JsonObject) {
    this.#style = style
    this.#context = context
    this.#usage = usage
  }

  /**
   * Writes the chunks.
   * @yields Each chunk as a frame; `[DONE]` is not among them.
   */
  *frames(choices: readonly StreamedChoice[]): Generator<Frame, void, undefined> {
    const running = choices.map((choice, index) => ({ choice, index, pieces: this.#pieces(choice), text: '' }))
    let left = running.length
    // One piece of each choice in turn.
    while (left > 0) {
      for (const one of running) {
        const { value, done } = one.pieces.next()
        if (done) continue
        if ('finish' in value) {
          left -= 1
          yield* this.#ending(one.index, value, one.text, left === 0)
          continue
        }
        one.text += value.text
        yield this.#frame(this.#choice(one.index, value, null, one.text), this.#sent === 0 ? 'first' : 'delta', value)
      }
    }
    if (this.#style.usageAt === 'own' || this.#style.usageAt === 'both') {
      if (this.#context.wantsUsage) yield this.#chunk([], 'usage', this.#usage(), '', 0)
    }
  }

  *#ending(index: number, last: Ending, text: string, final: boolean): Generator<Frame, void, undefined> {
    const { usageAt } = this.#style
    const held = last.piece
    const words = text + (held?.text ?? '')
    const piece = held ?? { delta: this.#style.last(this.#context), logprobs: null, text: '', tokens: 0 }
    const choice = this.#choice(index, piece, last.finish, words)
    const usage = final && (usageAt === 'finish' || usageAt === 'both' || usageAt === 'every') && this.#tellsUsage
    yield this.#chunk([choice], 'finish', usage ? this.#usage() : undefined, piece.text, piece.tokens)
    if (usageAt === 'repeat') {
      const delta = this.#style.repeated?.(this.#context) ?? choice.delta
      yield this.#chunk([{ ...choice, delta }], 'repeat', final && this.#tellsUsage ? this.#usage() : undefined, '', 0)
    }
  }

  get #tellsUsage(): boolean {
    return this.#style.usageAlways || this.#context.wantsUsage
  }

  #choice(index: number, { delta, logprobs }: Piece, finish: FinishReason | null, text: string): ChunkChoice {
    return { index, delta, finish, logprobs, text }
  }

  #frame(choice: ChunkChoice, kind: Chunk['kind'], { text, tokens }: Piece): Frame {
    if (this.#style.uniformText && kind === 'delta' && text !== '' && choice.logprobs === null) {
      const write = (this.#writers[choice.index] ??= textDeltaWriter(this.#style, choice.index, this.#context))
      return { text: write(text), tokens }
    }
    const usage = this.#style.usageAt === 'every' ? this.#usage() : undefined
    return this.#chunk([choice], kind, usage, text, tokens)
  }

  #chunk(
    choices: readonly ChunkChoice[],
    kind: Chunk['kind'],
    usage: JsonObject | undefined,
    piece: string,
    tokens: number,
  ): Frame {
    this.#sent += 1
    const written = choices.map((choice) => this.#style.choice(choice, this.#context))
    const value = this.#style.chunk({ choices, usage, kind, piece }, written, this.#context)
    return { text: `data: ${JSON.stringify(value)}\n\n`, tokens }
  }

  *#pieces(choice: StreamedChoice): Generator<Piece | Ending, undefined, undefined> {
    const { turn, meter } = choice
    if (!this.#style.finishWithLast) {
      yield* this.#deltas(choice)
      if (turn.annotations.length > 0) yield said({ annotations: turn.annotations.map(nested) })
      yield { finish: meter.cut ? 'length' : turn.finish, piece: undefined }
      return
    }
    // The last piece waits until it is known to be the last; the one that names the role is sent at once.
    let held: Piece | undefined
    let count = 0
    for (const piece of this.#deltas(choice)) {
      if (held) yield held
      held = count === 0 ? undefined : piece
      if (count === 0) yield piece
      count += 1
    }
    yield { finish: meter.cut ? 'length' : turn.finish, piece: held }
  }

  *#deltas({ turn, meter, logprobs }: StreamedChoice): Generator<Piece, void, undefined> {
    const style = this.#style
    const context = this.#context
    const calls = new CallWriter(style, context)
    const counts = { text: 0, reasoning: 0, refusal: 0 }
    let [opened, reasoned] = [false, false]
    for (const step of play(turn, meter)) {
      reasoned ||= step.kind === 'reasoning'
      if (step.kind === 'reasoning' && style.reasoning('', context) === undefined) continue
      if (!opened) {
        opened = true
        const opening = openingOf(step, turn)
        const first = style.first(opening, context)
        if (first && opening === 'call' && style.joinsFirstCall && step.kind === 'call start') {
          const { tool_calls } = style.callDelta([startOf(step.index, step.call)], context)
          const { role, content, ...rest } = first
          yield said({ role, content, tool_calls, ...rest })
          calls.begin(step.call)
          continue
        }
        if (first) yield { ...said(first), logprobs: logprobs && opening === 'text' ? style.firstLogprobs : null }
      }
      if (reasoned && step.kind !== 'reasoning') {
        reasoned = false
        const between = style.afterReasoning?.(context)
        if (between) yield said(between)
      }
      switch (step.kind) {
        case 'text':
        case 'reasoning':
        case 'refusal': {
          const delta = style[step.kind](step.piece, context) ?? {}
          const index = counts[step.kind]++
          const shown = step.kind === 'text' ? step.piece : ''
          yield { delta, logprobs: logprobs?.(step.kind, step.piece, index) ?? null, text: shown, tokens: 1 }
          break
        }
        default:
          yield* calls.write(step)
      }
    }
    yield* calls.rest()
    if (opened) return
    const first = style.first('text', context)
    if (first) yield said(first)
  }
}

interface Ending {
  readonly finish: FinishReason
  readonly piece: Piece | undefined
}

/** Cuts calls into fragments as the style has it. */
class CallWriter {
  readonly #style: ChatStyle
  readonly #context: ChatContext
  readonly #whole: JsonObject[] = []
  #call: AnsweredCall | undefined
  #text = ''
  #pieces = 0

  constructor(style: ChatStyle, context: ChatContext) {
    this.#style = style
    this.#context = context
  }

  /** Begins a call; its first fragment is the caller's to send. */
  begin(call: AnsweredCall): void {
    this.#call = call
    this.#text = ''
    this.#pieces = 0
  }

  *write(step: Extract<Step, { index: number }>): Generator<Piece, void, undefined> {
    const { calls } = this.#style
    if (step.kind === 'call start') {
      this.begin(step.call)
      if (calls === 'pieces' || calls === 'empty, pieces') yield this.#fragment(startOf(step.index, step.call), 0)
      if (calls === 'empty, pieces') yield this.#fragment(argumentsOf(step.index, '', step.call), 0)
    } else if (step.kind === 'call') {
      this.#text += step.piece
      this.#pieces += 1
      if (calls === 'whole' || calls === 'together') return
      const joined = calls === 'joined pieces' && this.#pieces === 1 && this.#call
      yield this.#fragment(
        joined ? startOf(step.index, joined, step.piece) : argumentsOf(step.index, step.piece, this.#call),
        1,
      )
    } else if (this.#call) {
      const whole = startOf(step.index, this.#call, this.#text)
      if (calls === 'together') this.#whole.push(whole)
      else if (calls === 'whole') yield this.#fragment(whole, this.#pieces)
      else if (calls === 'joined pieces' && this.#pieces === 0) yield this.#fragment(whole, 0)
    }
  }

  *rest(): Generator<Piece, void, undefined> {
    if (this.#whole.length > 0) yield said(this.#style.callDelta(this.#whole, this.#context))
  }

  #fragment(fragment: JsonObject, tokens: number): Piece {
    return { ...said(this.#style.callDelta([fragment], this.#context)), tokens }
  }
}

function startOf(index: number, { id, name, custom }: AnsweredCall, text = ''): JsonObject {
  return { index, ...callJson(id, name, text, custom) }
}

function argumentsOf(index: number, text: string, call: AnsweredCall | undefined): JsonObject {
  return call?.custom ? { index, custom: { input: text } } : { index, function: { arguments: text } }
}

function openingOf(step: Step, turn: Turn): Opening {
  if (step.kind === 'text' || step.kind === 'reasoning' || step.kind === 'refusal') return step.kind
  return turn.calls.length > 1 ? 'calls' : 'call'
}

function said(delta: JsonObject): Piece {
  return { delta, logprobs: null, text: '', tokens: 0 }
}

/** An annotation as chats have it: the same thing inside a field that is named as its type. */
export function nested({ type, ...annotation }: JsonObject): JsonObject {
  return { type, [String(type)]: annotation }
}
