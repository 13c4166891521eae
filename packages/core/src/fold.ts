import { checkCitation, codePointStarts, refuteCitation } from './citation-check.ts'
import type { Citation } from './citation.ts'
import type { Delta } from './delta.ts'
import type { FinishReason } from './finish-reason.ts'
import { GrowingText } from './growing-text.ts'
import type { TokenLogprobs } from './logprob.ts'
import type { AssistantMessage } from './message.ts'
import { OpenToolCall } from './tool-call.ts'
import type { ToolCall, ToolDefinition } from './tool.ts'
import type { Usage } from './usage.ts'
import type { Warning } from './warning.ts'

interface OpenPart {
  readonly type: 'text' | 'thinking'
  readonly index: number
  readonly text: GrowingText
}

const unknownFinish: FinishReason = { unified: 'unknown', raw: undefined }

/** What a fold has to know of the call. */
export interface FoldOptions {
  /** The tools that were offered: calls are checked against them. */
  readonly tools?: readonly ToolDefinition[]
  /** Whether arguments are to be read while they grow. */
  readonly partialTools?: boolean
}

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
  readonly #options: FoldOptions
  readonly #plan = new GrowingText()
  #part: OpenPart | undefined
  readonly #parts: OpenPart[] = []
  readonly #toolCalls: OpenToolCall[] = []
  /** Citations that came before their text, or that do not fit it. */
  readonly #unverified: Citation[] = []

  constructor(options: FoldOptions = {}) {
    this.#options = options
  }

  /** Whether the provider said that it is done. */
  get finished(): boolean {
    return this.finishReason !== unknownFinish
  }

  add(delta: Delta): void {
    switch (delta.type) {
      case 'text':
      case 'thinking':
        this.#append(delta)
        break
      case 'tool-call-delta':
        this.#toolCall(delta.index).append(delta.text)
        break
      case 'plan':
        this.#plan.append(delta.text)
        break
      case 'start':
        this.id = delta.id ?? this.id
        this.model = delta.model ?? this.model
        break
      case 'tool-call-start':
        this.#toolCalls.push(new OpenToolCall(delta, this.#options))
        break
      case 'tool-call-end':
        this.#toolCall(delta.index).close()
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
      case 'error':
        this.failure = delta
    }
  }

  /** The tool call with this index, as far as it has come. */
  toolCall(index: number): ToolCall {
    return this.#toolCall(index).soFar()
  }

  /** The message as far as it has come. */
  message(): AssistantMessage {
    const plan = this.#plan.toString()
    return {
      role: 'assistant',
      content: this.#parts.map(({ type, text }) => ({ type, text: text.toString() })),
      ...(plan !== '' && { plan }),
      ...(this.#toolCalls.length > 0 && { toolCalls: this.#toolCalls.map((call) => call.whole()) }),
      ...(this.citations.length > 0 && { citations: [...this.citations] }),
    }
  }

  #append(delta: Extract<Delta, { type: 'text' | 'thinking' }>): void {
    // Consecutive deltas nearly always belong to the same part, so that one is tried before any search.
    if (this.#part?.index !== delta.index || this.#part.type !== delta.type) {
      this.#part = this.#parts.find((part) => part.index === delta.index && part.type === delta.type)
    }
    if (this.#part === undefined) {
      this.#part = { type: delta.type, index: delta.index, text: new GrowingText() }
      this.#parts.push(this.#part)
    }
    this.#part.text.append(delta.text)
  }

  #toolCall(index: number): OpenToolCall {
    const known = this.#toolCalls.findLast((call) => call.index === index)
    if (known !== undefined) return known
    // Arguments whose start never came are kept all the same, so that nothing is lost.
    const orphan = new OpenToolCall({ index, id: '', name: '' }, this.#options)
    this.#toolCalls.push(orphan)
    return orphan
  }

  /** The text that a citation's offsets count in. */
  #targetOf({ target = 'text', contentIndex }: Citation): GrowingText {
    if (target === 'plan') return this.#plan
    const parts = this.#parts.filter(({ type, index }) => type === target && index === (contentIndex ?? index))
    const [first] = parts
    if (first && parts.length === 1) return first.text
    const joined = new GrowingText()
    for (const { text } of parts) joined.append(text.toString())
    return joined
  }

  #sliceOf(citation: Citation): (start: number, end: number) => string {
    const text = this.#targetOf(citation)
    return (start, end) => text.slice(start, end)
  }

  #checkLateCitations(): void {
    let starts: readonly number[] | undefined
    for (const citation of this.#unverified) {
      const codePoints = (): readonly number[] => (starts ??= codePointStarts(this.#targetOf(citation).toString()))
      if (checkCitation(citation, this.#sliceOf(citation), codePoints)) continue
      refuteCitation(citation)
      const message = `the citation of ${JSON.stringify(citation.text)} does not stand at ${citation.start} to ${citation.end} of the ${citation.target ?? 'text'}.`
      this.warnings.push({ code: 'malformed', message })
    }
    this.#unverified.length = 0
  }
}
