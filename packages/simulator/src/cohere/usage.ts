import { countTokens } from '../tokens.ts'
import type { BlockType } from './events.ts'
import type { Model } from './models.ts'
import { textOf } from './turn.ts'
import type { ChatRequest, Message, Usage } from './wire.ts'

// As recorded with one and with two images in a request.
const billedPerImage = 258
const tokensPerImage = 259
// Recorded counts of cached tokens are multiples of this.
const cacheBlock = 16
// Recorded: 2583 characters for a prompt of 5.
const templateChars = 2578

/** Counts an answer's tokens while it is made, and cuts it at the limit. */
export class Meter {
  readonly #left: number
  readonly #counts: Record<BlockType, number> = { thinking: 0, text: 0 }
  #blocks = 0
  /** True when the limit has cut the answer. */
  cut = false

  constructor(maxTokens: number) {
    this.#left = maxTokens
  }

  /** Tokens so far, thinking included. */
  get total(): number {
    return this.#counts.thinking + this.#counts.text
  }

  /** Whether another block may begin; an answer that has nothing left for it is cut. */
  opens(): boolean {
    this.cut ||= this.total >= this.#left
    return !this.cut
  }

  /**
   * Passes a block's pieces on until the limit; cuts only where another piece would have come.
   * @yields The pieces.
   */
  *pieces(type: BlockType, pieces: Iterable<string>): Generator<string, void, undefined> {
    this.#blocks += 1
    for (const piece of pieces) {
      if (this.total >= this.#left) {
        this.cut = true
        return
      }
      this.#counts[type] += 1
      yield piece
    }
  }

  /** The usage of the request with what has been counted so far. */
  usage(request: ChatRequest, model: Model): Usage {
    const input = sum(request.messages, messageTokens)
    const images = sum(request.messages, imageCount)
    const history = sum(request.messages.slice(0, -1), messageTokens)
    const cacheable = model.templateTokens + history
    // Two marks around each block, of which a cut answer has not reached the last; recorded 9 to 11, 50 to 54, 4 to 5.
    const marks = 2 * this.#blocks - (this.cut ? 1 : 0)
    return {
      billed_units: { input_tokens: input + images * billedPerImage, output_tokens: this.total },
      tokens: {
        input_tokens: model.templateTokens + input,
        output_tokens: this.total + marks,
        ...(this.#counts.thinking > 0 && { reasoning_tokens: this.#counts.thinking }),
        ...(images > 0 && { image_tokens: images * tokensPerImage }),
      },
      cached_tokens: cacheable - (cacheable % cacheBlock),
    }
  }
}

/** The characters of the whole prompt, for the header `num_chars`. */
export function promptChars(request: ChatRequest): number {
  return templateChars + sum(request.messages, (message) => textOf(message).length)
}

function messageTokens(message: Message): number {
  return countTokens(textOf(message))
}

function imageCount({ content }: Message): number {
  return typeof content === 'string' ? 0 : (content ?? []).filter((part) => part.type === 'image_url').length
}

function sum<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((total, item) => total + measure(item), 0)
}
