import type { Message } from '@interlingua/core'
import { modelFor, streamResponse } from '../ask.ts'
import { expectTrue, holds } from '../expectation.ts'
import { type Law, notApplicable } from '../law.ts'
import { perScenario } from '../per-scenario.ts'
import { scriptedFetch } from '../scripted-fetch.ts'
import { bytesOf, encodeEvents } from '../scripted-stream.ts'

export const sameHistory: Law = perScenario('same-history', 'A message of the provider’s goes back to it as it came.', {
  check: async (provider, scenario) => {
    if (scenario.expected.error) return notApplicable('an answer that failed is no history')
    const answers = [bytesOf(provider, scenario), encodeEvents(provider, provider.streamText(['And on']))]
    const { fetch, requests } = scriptedFetch((_, index) =>
      streamResponse(provider, [answers[index] ?? new Uint8Array()]),
    )
    const model = modelFor(provider, { fetch })
    const { message, messages, toolCalls } = await model.stream(scenario.prompt ?? 'Hi', scenario.options).response()
    const results = toolCalls.map(({ id }, index): Message => ({
      role: 'tool',
      toolCallId: id,
      content: `result ${index}`,
    }))
    const next: Message = { role: 'user', content: 'Go on' }
    const { warnings } = await model
      .stream([...messages, message, ...results, ...(results.length > 0 ? [] : [next])], scenario.options)
      .response()

    const body = requests[1]?.body
    if (scenario.history) {
      expectTrue(
        holds(body, scenario.history),
        `${JSON.stringify(scenario.history)} is not in the next request: ${JSON.stringify(body)}`,
      )
      return undefined
    }
    if (warnings.length > 0) return undefined
    const texts = textsIn(body)
    const said =
      typeof message.content === 'string'
        ? [message.content]
        : message.content.map((part) => ('text' in part ? part.text : ''))
    const wanted = [...said, message.plan ?? '', ...results.map((_, index) => `result ${index}`)]
    // Where a provider has no ids, the adapter makes them up, and they are nothing that came from it.
    const came = new TextDecoder().decode(answers[0])
    for (const { id, name } of toolCalls) wanted.push(name, came.includes(id) ? id : '')
    for (const text of wanted) {
      expectTrue(
        text === '' || texts.some((sent) => sent.includes(text)),
        `${JSON.stringify(text)} is not in the next request, and no warning says so`,
      )
    }
    for (const { args } of toolCalls) {
      if (args === undefined) continue
      expectTrue(holds(values(body), args), `the arguments ${JSON.stringify(args)} are not in the next request`)
    }
    return undefined
  },
})

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** With the texts that are JSON as what they say: arguments may be sent either way. */
function values(value: unknown): unknown {
  if (typeof value === 'string') {
    try {
      return JSON.parse(value)
    } catch {
      return value
    }
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, values(part)]))
}
