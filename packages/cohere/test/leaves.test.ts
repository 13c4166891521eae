import { isDeepStrictEqual } from 'node:util'
import type {
  CohereCallResponse,
  CohereStreamEvent,
  CohereV1CallResponse,
  CohereV1StreamEvent,
  WireResponse,
  WireV1Response,
} from '@interlingua/cohere'
import { afterAll, describe, expect, test } from 'vitest'
import { V1Words, V2Words, type Word } from './neutral-words.ts'
import { recorded, type Recording, recordings } from './recording.ts'
import { transports } from './transport.ts'
import { fetchOf } from './wire-bytes.ts'

/** Every leaf of a JSON value, as `path = value`. */
function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} = ${JSON.stringify(value)}`]
  const entries = Object.entries(value)
  if (entries.length === 0) return [`${path} = ${JSON.stringify(value)}`]
  return entries.flatMap(([key, member]) => leavesOf(member, `${path}/${key}`))
}

const textOf = ({ body }: Recording): string => new TextDecoder().decode(body)
const answers = (version: 'v1' | 'v2', kind: 'sse' | 'ndjson' | 'json') =>
  recordings(`api.cohere.com/${version}/chat`, kind)
    .filter(({ status }) => status === 200)
    .map((recording) => [recording.name, recording] as const)

describe.each(transports)('over the $transport transport', ({ transport, createCohere, createCohereV1 }) => {
  const options = ({ body, headers }: Recording) => {
    const { 'content-encoding': _, ...plain } = headers
    return { apiKey: 'key', fetch: fetchOf([body], { headers: plain }) }
  }
  const counted = { leaves: { found: 0, all: 0 }, words: { found: 0, all: 0 } }

  function count(what: keyof typeof counted, all: number, missing: readonly unknown[]): void {
    counted[what].found += all - missing.length
    counted[what].all += all
    expect(missing).toEqual([])
  }

  /** Measures an answer twice: what of it can be reached at all, and what of it the neutral response says. */
  function measure(wire: readonly unknown[], kept: readonly unknown[], words: readonly Word[]): void {
    const leaves = leavesOf(wire)
    const reachable = new Set(leavesOf(kept))
    count(
      'leaves',
      leaves.length,
      leaves.filter((leaf) => !reachable.has(leaf)),
    )
    expect(words.length).toBeGreaterThan(3)
    count(
      'words',
      words.length,
      words.filter(([, said, neutral]) => !isDeepStrictEqual(said, neutral)),
    )
  }

  /** What a stream handed out; a recorded failure throws after its last chunk, which is all that is asked here. */
  async function read<Response>(
    stream: AsyncIterable<readonly [{ readonly event: unknown }, unknown]> & { readonly partial: Response },
  ): Promise<{ readonly kept: unknown[]; readonly response: Response }> {
    // An event that completes several calls comes once beside each.
    const kept = new Set<unknown>()
    try {
      for await (const [chunk] of stream) kept.add(chunk.event)
    } catch (error) {
      expect(stream.partial).toMatchObject({ finishReason: { raw: 'ERROR' } })
      expect(error).toBeInstanceOf(Error)
    }
    return { kept: [...kept], response: stream.partial }
  }

  describe.skipIf(!recorded)('law 4, nothing lost: every leaf of every recorded answer', () => {
    test.each(answers('v2', 'sse'))('%s', async (_, recording) => {
      const data = [...textOf(recording).matchAll(/^data: (\{.*)$/gm)]
      const events = data.map(([, text = '']) => JSON.parse(text) as CohereStreamEvent)
      const { kept, response } = await read<CohereCallResponse>(
        createCohere(options(recording))(recording.model).stream('Hi'),
      )
      measure(events, kept, V2Words.ofStream(events, response))
    })

    test.each(answers('v2', 'json'))('%s', async (_, recording) => {
      const response = await createCohere(options(recording))(recording.model).call('Hi')
      const answer = JSON.parse(textOf(recording)) as WireResponse
      measure([answer], [response.raw], V2Words.ofAnswer(answer, response))
    })

    test.each(answers('v1', 'ndjson'))('%s', async (_, recording) => {
      const lines = textOf(recording)
        .split('\n')
        .filter((line) => line !== '')
      const events = lines.map((line) => JSON.parse(line) as CohereV1StreamEvent)
      const stream = createCohereV1(options(recording))(recording.model).stream('Hi')
      const { kept, response } = await read<CohereV1CallResponse>(stream)
      measure(events, kept, V1Words.ofStream(events, response))
    })

    test.each(answers('v1', 'json'))('%s', async (_, recording) => {
      const response = await createCohereV1(options(recording))(recording.model).call('Hi')
      const answer = JSON.parse(textOf(recording)) as WireV1Response
      measure([answer], [response.raw], V1Words.ofAnswer(answer, response))
    })

    afterAll(() => {
      const share = ({ found, all }: { readonly found: number; readonly all: number }): string =>
        `${found} of ${all} (${((100 * found) / all).toFixed(2)} %)`
      console.info(
        `Recorded Cohere answers over the ${transport} transport: ${share(counted.leaves)} leaves can be reached, ${share(counted.words)} leaves with a neutral word are in the neutral response.`,
      )
    })
  })
})
