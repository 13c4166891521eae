import type { Citation } from './citation.ts'
import type { Delta } from './delta.ts'
import type { FinishReason } from './finish-reason.ts'
import type { TokenLogprobs } from './logprob.ts'
import type { AssistantMessage } from './message.ts'
import type { ToolCall } from './tool.ts'
import type { Usage } from './usage.ts'
import type { Warning } from './warning.ts'

interface OpenPart {
  readonly type: 'text' | 'thinking'
  readonly index: number
  text: string
}

interface OpenToolCall {
  readonly index: number
  readonly id: string
  readonly name: string
  raw: string
  closed?: ToolCall
}

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
  #plan = ''
  #part: OpenPart | undefined
  readonly #parts: OpenPart[] = []
  readonly #toolCalls: OpenToolCall[] = []

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
        this.#openToolCall(delta.index).raw += delta.text
        break
      case 'plan':
        this.#plan += delta.text
        break
      case 'start':
        this.id = delta.id ?? this.id
        this.model = delta.model ?? this.model
        break
      case 'tool-call-start':
        this.#toolCalls.push({ index: delta.index, id: delta.id, name: delta.name, raw: '' })
        break
      case 'tool-call-end': {
        const call = this.#openToolCall(delta.index)
        call.closed = closeToolCall(call)
        break
      }
      case 'citation':
        this.citations.push(delta.citation)
        break
      case 'logprobs':
        this.logprobs.push(delta.logprobs)
        break
      case 'usage':
        this.usage = delta.usage
        break
      case 'finish':
        this.finishReason = delta.reason
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
    const call = this.#openToolCall(index)
    return call.closed ?? closeToolCall(call)
  }

  /** The message as far as it has come. */
  message(): AssistantMessage {
    const content = this.#parts.map(({ type, text }) => ({ type, text }))
    return {
      role: 'assistant',
      content,
      ...(this.#plan !== '' && { plan: this.#plan }),
      ...(this.#toolCalls.length > 0 && {
        toolCalls: this.#toolCalls.map((call) => call.closed ?? closeToolCall(call)),
      }),
      ...(this.citations.length > 0 && { citations: [...this.citations] }),
    }
  }

  #append(delta: Extract<Delta, { type: 'text' | 'thinking' }>): void {
    // Consecutive deltas nearly always belong to the same part, so that one is tried before any search.
    if (this.#part?.index !== delta.index || this.#part.type !== delta.type) {
      this.#part = this.#parts.find((part) => part.index === delta.index && part.type === delta.type)
    }
    if (this.#part === undefined) {
      this.#part = { type: delta.type, index: delta.index, text: delta.text }
      this.#parts.push(this.#part)
    } else {
      this.#part.text += delta.text
    }
  }

  #openToolCall(index: number): OpenToolCall {
    const known = this.#toolCalls.findLast((call) => call.index === index)
    if (known !== undefined) return known
    // Arguments whose start never came are kept all the same, so that nothing is lost.
    const orphan: OpenToolCall = { index, id: '', name: '', raw: '' }
    this.#toolCalls.push(orphan)
    return orphan
  }
}

/** A call without arguments arrives as no text at all, or as `null`: both mean that there are none. */
function closeToolCall({ id, name, raw }: OpenToolCall): ToolCall {
  if (raw.trim() === '') return { id, name, args: {}, raw }
  try {
    const args: unknown = JSON.parse(raw)
    return { id, name, args: args ?? {}, raw }
  } catch (error) {
    return { id, name, args: undefined, raw, error: error instanceof Error ? error.message : String(error) }
  }
}
