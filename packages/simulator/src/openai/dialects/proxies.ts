import { without } from '../../json.ts'
import type { Dialect } from '../dialect.ts'
import { compatible } from './compatible.ts'
import { openai, openaiChat } from './openai.ts'

// Documented at https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter-annotations.
const severities = { hate: safe(), self_harm: safe(), sexual: safe(), violence: safe() }

/** Azure OpenAI: OpenAI's own chats with the results of its filters, the first of them in a chunk without a choice. */
export const azure: Dialect = {
  ...openai,
  name: 'azure',
  hosts: ['openai.azure.com'],
  unauthorized: () => ({
    status: 401,
    message:
      'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
    code: '401',
  }),
  error: ({ message, code, param, type }) => ({
    error: { code: code ?? null, message, ...(param !== undefined && { param }), ...(type !== undefined && { type }) },
  }),
  chat: {
    ...openaiChat,
    choice: (choice, context) => ({
      ...openaiChat.choice(choice, context),
      content_filter_results: choice.text === '' ? {} : severities,
    }),
    chunk: (chunk, choices, context) =>
      without(openaiChat.chunk(chunk, choices, context), 'service_tier', 'obfuscation'),
    whole: (choices, usage, context, calls) => ({
      ...openaiChat.whole(choices, usage, context, calls),
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: severities }],
    }),
    opening: ({ modelName }) => ({
      id: '',
      object: '',
      created: 0,
      model: modelName,
      choices: [],
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: severities }],
    }),
  },
}

/** Venice: empty fields on the later fragments of a call, and errors that are a text. */
export const venice: Dialect = compatible({
  name: 'venice',
  hosts: ['api.venice.ai'],
  models: ['venice-uncensored'],
  error: ({ message }) => ({ error: message }),
  chat: {
    first: () => ({ role: 'assistant', content: '', tool_calls: null }),
    text: (content) => ({ role: null, content, tool_calls: null }),
    reasoning: (piece) => ({ role: null, content: null, reasoning_content: piece, tool_calls: null }),
    callDelta: (fragments) => ({
      role: null,
      content: null,
      tool_calls: fragments.map((fragment) => ({ id: null, type: null, ...fragment })),
    }),
    last: () => ({ role: null, content: null, tool_calls: null }),
    wholeChoice: ({ index, reasoning, text, calls, finish, logprobs }) => ({
      index,
      message: {
        role: 'assistant',
        content: text ?? null,
        reasoning_content: reasoning === '' ? null : reasoning,
        tool_calls: calls,
      },
      logprobs,
      finish_reason: finish,
    }),
    usageAt: 'both',
    usageAlways: true,
  },
})

function safe(): { filtered: boolean; severity: string } {
  return { filtered: false, severity: 'safe' }
}
