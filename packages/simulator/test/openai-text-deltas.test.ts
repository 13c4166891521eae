import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'

// Chunks that bring text are written from a template. A script that maps every event to itself has them parsed and
// written the other way.

test('a chunk with text is what JSON makes of it, whatever the text and the options', async () => {
  const bodies = fc.record(
    {
      model: fc.constantFrom('gpt-4o-mini', 'gpt-5-mini', 'gpt-4.1'),
      n: fc.constantFrom(1, 3),
      stream_options: fc.record({ include_usage: fc.boolean(), include_obfuscation: fc.boolean() }),
    },
    { requiredKeys: ['model'] },
  )
  const pieces = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(bodies, pieces, async (body, deltas) => {
      const read = async (mapped: boolean): Promise<string> => {
        const openai = mapped ? { mapEvent: (event: Readonly<Record<string, unknown>>) => [event] } : {}
        const simulator = createSimulator({ scripts: [{ deltas, openai }] })
        const response = await simulator.fetch('https://api.openai.com/v1/chat/completions', {
          method: 'POST',
          headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
          body: JSON.stringify({ ...body, stream: true, messages: [{ role: 'user', content: 'Go' }] }),
        })
        return response.text()
      }
      expect(await read(false)).toBe(await read(true))
      const said = [...(await read(false)).matchAll(/^data: (\{.*\})$/gm)].flatMap(([, json = '{}']) => {
        const { choices }: { choices: { index: number; delta: { content?: string } }[] } = JSON.parse(json)
        return choices.filter(({ index }) => index === 0).map(({ delta }) => delta.content ?? '')
      })
      expect(said.join('')).toBe(deltas.join(''))
    }),
    { numRuns: 60 },
  )
})
