import { BaseCallResponse, isObject, type ResponseFields } from '@interlingua/core/adapter'
import { type RateLimits, rateLimits } from '../rate-limits.ts'
import { isListPrice } from '../response.ts'
import type { OpenAIResponsesTypes } from './types.ts'
import type { WireOutputItem } from './wire-item.ts'

/** An answer of the Responses API. */
export class OpenAIResponsesCallResponse extends BaseCallResponse<OpenAIResponsesTypes> {
  /**
   * How the request was served, where the server says so. Where that has another price than the list's, or where tools ran that
   * are charged for by themselves, `cost` is unknown.
   */
  readonly serviceTier: string | undefined

  constructor(fields: ResponseFields<OpenAIResponsesTypes>, serviceTier?: string) {
    const isListed = isListPrice(serviceTier) && !itemsOf(fields).some(({ type }) => charged.has(type))
    super(isListed || fields.cost?.price === undefined ? fields : { ...fields, cost: undefined })
    this.serviceTier = serviceTier
  }

  /**
   * The items that the answer consists of, as they came and in order: what built-in tools did is in here. A server may add
   * kinds, so a `switch` over `type` wants a `default`. While a stream arrives, those that are complete.
   */
  get items(): readonly WireOutputItem[] {
    return itemsOf(this)
  }

  /** What is left of the requests and tokens that the account may use in a time; `undefined` where the server says nothing. */
  get rateLimits(): RateLimits | undefined {
    return rateLimits(this.headers)
  }
}

/** The tools that OpenAI charges for beside the tokens: https://openai.com/api/pricing. */
const charged: ReadonlySet<string> = new Set([
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'shell_call_output',
])

function itemsOf({ message, provider }: Pick<ResponseFields<OpenAIResponsesTypes>, 'message' | 'provider'>) {
  const items = message.providerFields?.[provider]?.['items']
  return Array.isArray(items) ? items.filter(isItem) : []
}

function isItem(item: unknown): item is WireOutputItem {
  return isObject(item)
}
