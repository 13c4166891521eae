import type { Message } from '@interlingua/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lost } from './carriage.ts'
import { rounds } from './conversation.ts'
import { Stage } from './held.ts'
import { type Provider, providers } from './provider.ts'
import { turnsOf } from './turns.ts'

const byName = (name: string): Provider => {
  const found = providers.find((provider) => provider.name === name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}
const names = providers.map(({ name }) => name)
/** What speaks a wire of its own; the others are compatible servers and settings of these. */
const wires = new Set(['Cohere v2', 'OpenAI chat', 'OpenAI Responses'])
/** To and from each wire, and to itself: a message tells who said it, and not by which of many servers with one wire. */
const targetsOf = (source: string): string[] =>
  names.filter((target) => wires.has(source) || wires.has(target) || source === target)
const next: Message = { role: 'user', content: 'And then?' }

describe.each(names)('a conversation held with %s', (source) => {
  test.each(targetsOf(source))(
    'goes on with %s: nothing is refused, and nothing is lost in silence',
    async (target) => {
      const stage = new Stage()
      const [held, moved] = [byName(source), byName(target)]
      await fc.assert(
        fc.asyncProperty(rounds, async (plan) => {
          const messages = await stage.hold(plan, () => held)
          const { body, response } = await stage.ask(moved, messages)
          expect(lost(messages, body, response.warnings, moved)).toEqual([])
        }),
        { numRuns: 8 },
      )
    },
  )

  test.each(targetsOf(source))('comes home from %s as it left', async (target) => {
    const stage = new Stage()
    const [home, away] = [byName(source), byName(target)]
    await fc.assert(
      fc.asyncProperty(rounds, async (plan) => {
        const messages = await stage.hold(plan, () => home)
        const before = await stage.ask(home, messages)
        const abroad = await stage.ask(away, messages, { text: 'Elsewhere.', thinking: 'Hm.' })
        const after = await stage.ask(home, [...messages, abroad.message, next])
        const turns = turnsOf(before.body)
        expect(turnsOf(after.body).slice(0, turns.length)).toEqual(turns)
      }),
      { numRuns: 4 },
    )
  })
})

test('a conversation moves on with every answer', async () => {
  const stage = new Stage()
  const index = fc.nat({ max: providers.length - 1 })
  await fc.assert(
    fc.asyncProperty(rounds, fc.array(index, { minLength: 4, maxLength: 4 }), async (plan, route) => {
      const at = (round: number): Provider => byName(names[route[round] ?? 0] ?? '')
      const messages = await stage.hold(plan, at)
      const { body, response } = await stage.ask(at(3), messages)
      expect(lost(messages, body, response.warnings, at(3))).toEqual([])
    }),
    { numRuns: 200 },
  )
})
