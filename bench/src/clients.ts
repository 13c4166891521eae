import type { Client, Connected, Wire } from './answer.ts'
import type { LoopName } from './clients/loop.ts'
import type { View } from './clients/interlingua.ts'

/** The loop that anybody would write by hand: all is compared with it. */
export const loop: LoopName = 'hand-written loop'
/** The same, where each event passes through a generator: the least that anything can take which gives events to a caller. */
export const generator: LoopName = 'the same as an async generator'
/** The same without any `fetch`. */
export const nodeLoop = 'node:http, by hand'
/** What we hold to our targets: the tuples, which give the caller all there is. */
export const tuples = `interlingua, ${'for await (const [chunk] of stream)' satisfies View}`
export const tuplesOverNode = `${tuples}, over node:http`

/** What tells a client from all others. */
export function idOf({ wire, name }: Client): string {
  return `${wire} ${name}`
}

function floors(wire: Wire): readonly Client[] {
  const names: readonly LoopName[] = ['fetch, bytes only', loop, generator, 'fetch + eventsource-parser']
  return [
    ...names.map((name) => ({
      name,
      wire,
      kind: 'floor' as const,
      connect: async (url: string) => (await import('./clients/loop.ts')).connectLoop(url, wire, name),
    })),
    {
      name: nodeLoop,
      wire,
      kind: 'floor',
      connect: async (url) => (await import('./clients/node-loop.ts')).connectNodeLoop(url, wire),
    },
  ]
}

function ours(wire: Wire): readonly Client[] {
  const views: readonly View[] = ['for await (const [chunk] of stream)', 'text()', 'deltas()', 'response()']
  const [first = 'text()'] = views
  const way = (view: View, transport: 'fetch' | 'node:http' | 'the vendor’s client', name: string): Client => ({
    name,
    wire,
    kind: 'ours',
    connect: async (url) => (await import('./clients/interlingua.ts')).connectInterlingua(url, wire, view, transport),
  })
  return [
    ...views.map((view) => way(view, 'fetch', `interlingua, ${view}`)),
    way(first, 'node:http', tuplesOverNode),
    way(first, 'the vendor’s client', `${tuples}, through the vendor’s client`),
  ]
}

function peer(name: string, wire: Wire, connect: (baseURL: string) => Promise<Connected>): Client {
  return { name, wire, kind: 'peer', connect }
}

function vercel(wire: Wire): readonly Client[] {
  return (['fullStream', 'textStream'] as const).map((view) =>
    peer(`ai + @ai-sdk/${wire === 'cohere' ? wire : 'openai'}, ${view}`, wire, async (url) =>
      (await import('./clients/vercel.ts')).connectVercel(url, wire, view),
    ),
  )
}

/** Every way to read a stream that is compared. */
export const clients: readonly Client[] = [
  ...floors('cohere'),
  ...ours('cohere'),
  peer('cohere-ai', 'cohere', async (url) => (await import('./clients/cohere-sdk.ts')).connectCohereSdk(url)),
  ...vercel('cohere'),
  // Its Cohere speaks v1, which says the same in fewer bytes.
  peer('@langchain/cohere (v1 chat)', 'cohere', async (url) =>
    (await import('./clients/langchain.ts')).connectLangchainCohere(url),
  ),
  ...floors('openai'),
  ...ours('openai'),
  peer('openai', 'openai', async (url) => (await import('./clients/openai-sdk.ts')).connectOpenAIChat(url)),
  ...vercel('openai'),
  peer('@langchain/openai', 'openai', async (url) =>
    (await import('./clients/langchain.ts')).connectLangchainOpenAI(url),
  ),
  peer('@ax-llm/ax', 'openai', async (url) => (await import('./clients/ax.ts')).connectAx(url)),
  peer('@tanstack/ai + ai-openai', 'openai', async (url) =>
    (await import('./clients/tanstack.ts')).connectTanstack(url),
  ),
  ...floors('responses').filter(({ name }) => name === loop || name === generator),
  ...ours('responses').filter(({ name }) => name === tuples || name === tuplesOverNode),
  peer('openai', 'responses', async (url) => (await import('./clients/openai-sdk.ts')).connectOpenAIResponses(url)),
  ...vercel('responses'),
]
