import { createCohere } from '@interlingua/cohere'
import { afterAll, describe, expect, test } from 'vitest'
import { recorded, type Recording, recordings } from './recording.ts'
import { fetchOf } from './wire-bytes.ts'

/** Every leaf of a JSON value, as `path = value`. */
function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} = ${JSON.stringify(value)}`]
  const entries = Object.entries(value)
  if (entries.length === 0) return [`${path} = ${JSON.stringify(value)}`]
  return entries.flatMap(([key, member]) => leavesOf(member, `${path}/${key}`))
}

const modelOf = ({ model, body, headers }: Recording) => {
  const { 'content-encoding': _, ...plain } = headers
  return createCohere({ apiKey: 'key', fetch: fetchOf([body], { headers: plain }) })(model)
}

const counted = { leaves: 0, reachable: 0 }

function count(leaves: readonly string[], reachable: readonly string[]): void {
  const found = new Set(reachable)
  const missing = leaves.filter((leaf) => !found.has(leaf))
  counted.leaves += leaves.length
  counted.reachable += leaves.length - missing.length
  expect(missing).toEqual([])
}

describe.skipIf(!recorded)('law 4, nothing lost: every leaf of every recorded answer can be reached', () => {
  const url = 'api.cohere.com/v2/chat'

  test.each(recordings(url, 'sse').map((recording) => [recording.name, recording] as const))(
    '%s',
    async (_, recording) => {
      const data = new TextDecoder().decode(recording.body).matchAll(/^data: (\{.*)$/gm)
      const leaves = [...data].flatMap(([, text = ''], index) => leavesOf(JSON.parse(text), `${index}`))
      const reachable: string[] = []
      let index = 0
      try {
        for await (const [chunk] of modelOf(recording).stream('Hi'))
          reachable.push(...leavesOf(chunk.event, `${index++}`))
      } catch {
        // A recorded failure throws after its last chunk, which is all that is asked here.
      }
      count(leaves, reachable)
    },
  )

  const answers = recordings(url, 'json').filter(({ status }) => status === 200)
  test.each(answers.map((recording) => [recording.name, recording] as const))('%s', async (_, recording) => {
    const { raw } = await modelOf(recording).call('Hi')
    count(leavesOf(JSON.parse(new TextDecoder().decode(recording.body))), leavesOf(raw))
  })

  afterAll(() => {
    const share = ((100 * counted.reachable) / counted.leaves).toFixed(2)
    console.info(
      `${counted.reachable} of ${counted.leaves} leaves of recorded Cohere answers are reachable (${share} %).`,
    )
  })
})
