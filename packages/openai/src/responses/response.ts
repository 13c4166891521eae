import { BaseCallResponse, isObject } from '@interlingua/core'
import type { OpenAIResponsesTypes } from './types.ts'
import type { WireOutputItem } from './wire-item.ts'

/** An answer of OpenAI's Responses API. */
export class OpenAIResponsesCallResponse extends BaseCallResponse<OpenAIResponsesTypes> {
  /**
   * The items that the answer consists of, as they came and in order: what built-in tools did is in here. OpenAI may add kinds,
   * so a `switch` over `type` wants a `default`. While a stream arrives, those that are complete.
   */
  get items(): readonly WireOutputItem[] {
    const items = this.message.providerFields?.[this.provider]?.['items']
    return Array.isArray(items) ? items.filter(isItem) : []
  }
}

function isItem(item: unknown): item is WireOutputItem {
  return isObject(item)
}
