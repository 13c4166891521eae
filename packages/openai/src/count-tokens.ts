import type { OpenAIMessage } from './message.ts'

/** What counts the tokens of a text, such as a module of `gpt-tokenizer`. */
export interface OpenAITokenizer {
  countTokens(text: string): number
}

/** A number of tokens, and how sure it is. */
export interface TokenCount {
  readonly tokens: number
  /**
   * - `exact`: a text has as many
   * - `estimated`: a conversation has about as many, since how messages are framed is not documented for each model
   * - `at_least`: there are images, audio or files as well, which are not counted
   */
  readonly certainty: 'exact' | 'estimated' | 'at_least'
}

/** What OpenAI's own example counts for each message, and once for the answer that is to come. */
const tokensPerMessage = 3

/**
 * Counts the tokens of a text, or of a conversation. Tools and output schemas are not counted.
 *
 * @see https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken
 */
export function countTokens(prompt: string | readonly OpenAIMessage[], tokenizer: OpenAITokenizer): TokenCount {
  if (typeof prompt === 'string') return { tokens: tokenizer.countTokens(prompt), certainty: 'exact' }
  let tokens = tokensPerMessage
  let isWhole = true
  for (const message of prompt) {
    const texts: string[] = [message.role]
    for (const part of typeof message.content === 'string' ? [message.content] : message.content) {
      if (typeof part === 'string') texts.push(part)
      else if ('text' in part) texts.push(part.text)
      else if (part.type === 'document')
        texts.push(typeof part.data === 'string' ? part.data : JSON.stringify(part.data))
      else isWhole = false
    }
    if (message.role === 'assistant') {
      for (const { name, raw } of message.toolCalls ?? []) texts.push(name, raw)
      if (message.plan !== undefined) texts.push(message.plan)
    }
    tokens += tokensPerMessage + texts.reduce((sum, text) => sum + tokenizer.countTokens(text), 0)
  }
  return { tokens, certainty: isWhole ? 'estimated' : 'at_least' }
}
