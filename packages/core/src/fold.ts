import { checkCitation, codePointStarts, refuteCitation } from './citation-check.ts'
import type { Citation } from './citation.ts'
import type { Delta } from './delta.ts'
import type { FinishReason } from './finish-reason.ts'
import { GrowingText } from './growing-text.ts'
import type { TokenLogprobs } from './logprob.ts'
import type { AssistantMessage } from './message.ts'
import { OpenPart, type PartDelta } from './open-part.ts'
import { mergeProviderFields, type ProviderFields } from './provider-fields.ts'
import { OpenToolCall } from './tool-call.ts'
import type { ToolCallReading } from './tool-call-reading.ts'
import type { ToolCall } from './tool.ts'
import type { Usage } from './usage.ts'
import type { Warning } from './warning.ts'

const unknownFinish: FinishReason = { unified: 'unknown', raw: undefined }

/**
 * Adds deltas up to a response. Each delta is added once and costs the same however long the response has grown: text is
 * appended, and nothing that was added before is copied or read again.
 */
export class Fold {
  id: string | undefined
  model: string | undefined
  finishReason: FinishReason = unknownFinish
  usage: Usage = {}
  /** The failure that the provider reported inside its answer. */
  failure: Extract<Delta, { type: 'error' }> | undefined
  readonly citations: Citation[] = []
  readonly logprobs: TokenLogprobs[] = []
  readonly warnings: Warning[] = []
  #reading: ToolCallReading
  #plan: GrowingText | undefined
  #part: OpenPart | undefined
  #fields: ProviderFields | undefined
  readonly #parts: OpenPart[] = []
  /** The texts of all parts of a kind, one after the other, once there are several. */
  #joined: Map<OpenPart['type'], GrowingText> | undefined
  readonly #toolCalls: OpenToolCall[] = []
  /** Citations that came before their text, or that do not fit it. */
  readonly #unverified: Citation[] = []

  constructor(reading: ToolCallReading = {}) {
    this.#reading = reading
  }

  /** Says how tool calls are to be read from now on. */
  configure(reading: ToolCallReading): void {
    this.#reading = reading
  }

  /** Whether the provider said that it is done. */
  get finished(): boolean {
    return this.finishReason !== unknownFinish
  }

  /** Adds a delta. Gives the tool call that it completed. */
  add(delta: Delta): ToolCall | undefined {
    switch (delta.type) {
      case 'text':
      case 'thinking':
      case 'refusal':
      case 'audio':
        this.#append(delta)
        break
      case 'tool-call-delta':
        if (!this.#toolCall(delta.index).append(delta.text)) this.#warn('arguments came after the end of a tool call')
        break
      case 'plan':
        this.#plan ??= new GrowingText()
        this.#plan.append(delta.text)
        break
      case 'start':
        this.id = delta.id ?? this.id
        this.model = delta.model ?? this.model
        break
      case 'tool-call-start':
        if (this.#toolCalls.some(({ index, id }) => index === delta.index && id === delta.id)) {
          this.#warn(`the tool call ${delta.id} began twice`)
        } else {
          this.#toolCalls.push(new OpenToolCall(delta, this.#reading))
        }
        break
      case 'tool-call-end':
        return this.#close(this.#toolCall(delta.index), delta.providerFields)
      case 'message':
        this.#fields = mergeProviderFields(this.#fields, delta.providerFields)
        break
      case 'citation':
        this.citations.push(delta.citation)
        if (!checkCitation(delta.citation, this.#sliceOf(delta.citation))) this.#unverified.push(delta.citation)
        break
      case 'logprobs':
        this.logprobs.push(delta.logprobs)
        break
      case 'usage':
        this.usage = delta.usage
        break
      case 'finish':
        this.finishReason = delta.reason
        this.#checkLateCitations()
        break
      case 'warning':
        this.warnings.push(delta.warning)
        break
      case 'hand-off':
        this.reset()
        break
      case 'error':
        this.failure = delta
    }
    return undefined
  }

  /** Forgets what was added: the answer begins anew. */
  reset(): void {
    this.id = undefined
    this.model = undefined
    this.finishReason = unknownFinish
    this.usage = {}
    this.failure = undefined
    this.#plan = undefined
    this.#part = undefined
    this.#fields = undefined
    this.#joined = undefined
    for (const list of [this.citations, this.logprobs, this.warnings, this.#parts, this.#toolCalls, this.#unverified]) {
      list.length = 0
    }
  }

  /** The tool call with this index, as far as it has come. */
  toolCall(index: number): ToolCall {
    return this.#toolCall(index).soFar()
  }

  /** All text of a kind as far as it has come. */
  text(type: OpenPart['type']): string {
    const whole = this.#joined?.get(type) ?? this.#parts.find((part) => part.type === type)?.text
    return whole?.toString() ?? ''
  }

  /** The message as far as it has come. */
  message(): AssistantMessage {
    const plan = this.#plan?.toString() ?? ''
    return {
      role: 'assistant',
      content: this.#parts.map((part) => part.soFar()),
      ...(plan !== '' && { plan }),
      ...(this.#toolCalls.length > 0 && { toolCalls: this.#toolCalls.map((call) => call.whole()) }),
      ...(this.citations.length > 0 && { citations: [...this.citations] }),
      ...(this.#fields && { providerFields: this.#fields }),
    }
  }

  #append(delta: PartDelta): void {
    // Consecutive deltas nearly always belong to the same part, so that one is tried before any search.
    if (this.#part?.index !== delta.index || this.#part.type !== delta.type) {
      this.#part = this.#parts.find((part) => part.index === delta.index && part.type === delta.type)
    }
    this.#part ??= this.#openPart(delta)
    this.#part.append(delta)
    this.#joined?.get(delta.type)?.append(delta.text)
  }

  /** A call is handed out once, however often its end comes. */
  #close(call: OpenToolCall, fields?: ProviderFields): ToolCall | undefined {
    if (call.closed) {
      this.#warn('a tool call ended twice')
      return undefined
    }
    call.close(fields)
    if (call.unchecked !== undefined) this.warnings.push({ code: 'unsupported', message: call.unchecked })
    return call.whole()
  }

  #warn(problem: string): void {
    this.warnings.push({ code: 'malformed', message: `${problem}.` })
  }

  #openPart(delta: PartDelta): OpenPart {
    const { type } = delta
    const before = this.#parts.find((part) => part.type === type)
    if (before && !this.#joined?.has(type)) {
      const joined = new GrowingText()
      joined.append(before.text.toString())
      this.#joined = new Map(this.#joined).set(type, joined)
    }
    const part = new OpenPart(delta)
    this.#parts.push(part)
    return part
  }

  #toolCall(index: number): OpenToolCall {
    const known = this.#toolCalls.findLast((call) => call.index === index)
    if (known !== undefined) return known
    // Arguments whose start never came are kept all the same, so that nothing is lost.
    const orphan = new OpenToolCall({ index, id: '', name: '' }, this.#reading)
    this.#toolCalls.push(orphan)
    return orphan
  }

  /** The text that a citation's offsets count in. */
  #targetOf({ target = 'text', contentIndex }: Citation): GrowingText {
    if (target === 'plan') return this.#plan ?? new GrowingText()
    const joined = contentIndex === undefined ? this.#joined?.get(target) : undefined
    const part = this.#parts.find(({ type, index }) => type === target && index === (contentIndex ?? index))
    return joined ?? part?.text ?? new GrowingText()
  }

  #sliceOf(citation: Citation): (start: number, end: number) => string {
    const text = this.#targetOf(citation)
    return (start, end) => text.slice(start, end)
  }

  #checkLateCitations(): void {
    const starts = new Map<GrowingText, readonly number[]>()
    for (const citation of this.#unverified) {
      const target = this.#targetOf(citation)
      const codePoints = (): readonly number[] => {
        const known = starts.get(target) ?? codePointStarts(target.toString())
        starts.set(target, known)
        return known
      }
      if (checkCitation(citation, this.#sliceOf(citation), codePoints)) continue
      refuteCitation(citation)
      const message = `the citation of ${JSON.stringify(citation.text)} does not stand at ${citation.start} to ${citation.end} of the ${citation.target ?? 'text'}.`
      this.warnings.push({ code: 'malformed', message })
    }
    this.#unverified.length = 0
  }
}
