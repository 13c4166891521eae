import type { Delta } from '@interlingua/core'
import fc from 'fast-check'
import { type AnswerDecoder, GrowingDecoder, type PlainDecoder } from '../src/answer-decoder.ts'

/** Values as a server might send them in place of any other. */
const odd: fc.Arbitrary<unknown> = fc.constantFrom(null, '', 'x', 0, 1, true, [], {}, [null], [{}], ['x'], {
  text: 'x',
})

/** An object with some of these members, each of which may be something else. */
export function loose(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Record<string, unknown>> {
  const each = Object.entries(members).map(([name, value]) => [
    name,
    fc.oneof({ arbitrary: value, weight: 12 }, { arbitrary: odd, weight: 1 }),
  ])
  return fc.record(Object.fromEntries(each) as typeof members, { requiredKeys: [] })
}

/** What comes of an event, or of all of them: something, or an error. */
export type Outcome = { readonly said: unknown } | { readonly thrown: string }

function outcomeOf(read: () => unknown): Outcome {
  try {
    return { said: read() }
  } catch (error) {
    return { thrown: String(error) }
  }
}

/** Reads events by a whole decoder from their beginning. */
export function readByWhole(decoder: AnswerDecoder<unknown>, events: readonly Record<string, unknown>[]): Outcome[] {
  return events.map((event) => outcomeOf(() => decoder.decodeEvent(event)))
}

/** Reads events by a plain decoder as long as it can, and counts those that it could read. */
export async function readByPlain(
  plain: PlainDecoder<unknown>,
  whole: () => AnswerDecoder<unknown>,
  events: readonly Record<string, unknown>[],
): Promise<{ readonly outcomes: Outcome[]; readonly count: number }> {
  const decoder = new GrowingDecoder(plain, async () => whole)
  const outcomes: Outcome[] = []
  let count = 0
  for (const event of events) {
    if (!decoder.whole) count++
    const wire = { event: undefined, data: JSON.stringify(event) }
    let outcome = outcomeOf(() => decoder.decode(wire))
    if ('said' in outcome && outcome.said instanceof Promise) {
      count--
      await outcome.said
      outcome = outcomeOf(() => decoder.decode(wire))
    }
    outcomes.push(outcome)
  }
  return { outcomes, count }
}

/** Reads a whole answer in both ways. */
export async function readBody(
  plain: PlainDecoder<unknown>,
  whole: () => AnswerDecoder<unknown>,
  body: Record<string, unknown>,
): Promise<readonly Delta[]> {
  return new GrowingDecoder(plain, async () => whole).decodeBody(body)
}
