import { type CohereTypes, createCohere as builtIn } from '@interlingua/cohere'
import type { CallOptions, Message } from '@interlingua/core'
import type { Transport } from './transport.ts'

type CreateCohere = Transport['createCohere']

/** What a conversation becomes on the wire, and what is told of it. */
export type Encode = (
  prompt: readonly Message[],
  options?: CallOptions<CohereTypes>,
) => Promise<Record<string, unknown>>

/** Encodes for a transport. */
export function encodeOver(createCohere: CreateCohere): Encode {
  return async (prompt, options = {}) => {
    const bodies: Record<string, unknown>[] = []
    const { warnings } = await modelInto(bodies, createCohere).call(prompt, options)
    return { ...bodies[0], warnings }
  }
}

export const encoded: Encode = encodeOver(builtIn)

/** The same for what only plain JavaScript can pass. */
export async function encodedUnchecked(prompt: unknown, options: unknown = {}): Promise<Record<string, unknown>> {
  const bodies: Record<string, unknown>[] = []
  const model = modelInto(bodies, builtIn)
  const response: unknown = await Reflect.apply(model.call, model, [prompt, options])
  return { ...bodies[0], response }
}

function modelInto(bodies: Record<string, unknown>[], createCohere: CreateCohere) {
  const fetch: typeof globalThis.fetch = async (_, init) => {
    bodies.push(typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {})
    const content = [{ type: 'text', text: '{"title":"Dune"}' }]
    return Response.json({ id: 'x', finish_reason: 'COMPLETE', message: { role: 'assistant', content } })
  }
  return createCohere({ apiKey: 'key', fetch })('command-a-03-2025')
}
