import { withoutUndefined } from '@interlingua/core'
import fc from 'fast-check'
import type { WireChatCompletion, WireDelta } from '@interlingua/openai'

const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
const toolCall = fc.record({
  id: fc.uuid(),
  type: fc.constant('function' as const),
  function: fc.record({
    name: fc.constantFrom('weather', 'clock'),
    arguments: fc.dictionary(fc.constantFrom('a', 'b'), text).map((args) => JSON.stringify(args)),
  }),
})
const token = fc.record({ token: text, logprob: fc.double({ max: 0, min: -9, noNaN: true }) })

/** A whole answer of any form, with one choice. */
export const answers: fc.Arbitrary<WireChatCompletion> = fc
  .record({
    said: fc.record({
      reasoning_content: fc.option(text, { nil: undefined }),
      content: fc.option(text, { nil: undefined }),
      refusal: fc.option(text, { nil: undefined }),
      tool_calls: fc.option(fc.uniqueArray(toolCall, { maxLength: 3, selector: ({ id }) => id }), { nil: undefined }),
    }),
    logprobs: fc.option(fc.record({ content: fc.array(token, { maxLength: 3 }) }), { nil: null }),
    finish: fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter' as const),
    counts: fc.record({ prompt_tokens: fc.nat(99), completion_tokens: fc.nat(99) }),
  })
  .map(({ said, logprobs, finish, counts }) => ({
    id: 'chatcmpl-1',
    model: 'gpt-5-mini',
    choices: [{ index: 0, message: withoutUndefined({ role: 'assistant', ...said }), logprobs, finish_reason: finish }],
    usage: { ...counts, total_tokens: counts.prompt_tokens + counts.completion_tokens },
  }))

/** The stream of an answer, with its texts in pieces of a length, and its calls interleaved. */
export function eventsOf(answer: WireChatCompletion, length: number): WireChatCompletion[] {
  const { choices, usage, ...rest } = answer
  const [choice] = choices
  const { reasoning_content: reasoning, content, refusal, tool_calls: calls = [] } = choice?.message ?? {}
  const pieces = (whole: string): string[] => whole.match(new RegExp(`[^]{1,${length}}`, 'gu')) ?? []
  const deltas: WireDelta[] = [
    { role: 'assistant', content: '' },
    ...pieces(reasoning ?? '').map((piece) => ({ reasoning_content: piece })),
    ...pieces(typeof content === 'string' ? content : '').map((piece) => ({ content: piece })),
    ...pieces(refusal ?? '').map((piece) => ({ refusal: piece })),
    ...calls.map(({ id, function: called }, index) => ({
      tool_calls: [
        { index, ...(id && { id }), type: 'function' as const, function: { name: called?.name ?? '', arguments: '' } },
      ],
    })),
    ...interleaved(calls.map(({ function: called }) => pieces(called?.arguments ?? ''))).map(([index, piece]) => ({
      tool_calls: [{ index, function: { arguments: piece } }],
    })),
  ]
  const { id = '', model = '' } = rest
  const events = deltas.map((delta) => ({ id, model, choices: [{ index: 0, delta, finish_reason: null }] }))
  const tokens = choice?.logprobs ? [{ ...rest, choices: [{ index: 0, delta: {}, logprobs: choice.logprobs }] }] : []
  const finish = {
    ...rest,
    choices: [{ index: 0, delta: {}, finish_reason: choice?.finish_reason ?? null }],
    usage: null,
  }
  return [...events, ...tokens, finish, { ...rest, choices: [], ...(usage && { usage }) }]
}

/** One piece of each in turn. */
function interleaved(lists: readonly string[][]): [number, string][] {
  const rounds = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: rounds }).flatMap((_, round) =>
    lists.flatMap((list, index): [number, string][] => {
      const piece = list[round]
      return piece === undefined ? [] : [[index, piece]]
    }),
  )
}
