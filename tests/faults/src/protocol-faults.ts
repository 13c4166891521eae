import type { ErrorCode } from '@interlingua/core'
import type { Fault, Wire } from './fault.ts'
import { answerText } from './wire.ts'

const category = 'protocol'
const decoder = new TextDecoder()

/** The event in the form of the target's framing. */
function event({ provider }: Wire, data: string, name?: string): string {
  if (provider.framing === 'lines') return `${data}\n`
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`
}

/** The usual answer with something put in before its last event. */
function withBefore(wire: Wire, text: string): string {
  return decoder.decode(wire.good.subarray(0, wire.end)) + text + decoder.decode(wire.good.subarray(wire.end))
}

const strange = '{"type":"strange.event","event_type":"strange-event","object":"strange","deep":[1,{"two":null}]}'
const odd: Readonly<Record<string, string>> = { 'an empty object': '{}', 'an event of an unknown type': strange }
const wrong: Readonly<Record<string, string>> = {
  'no JSON': '{"half":',
  'a number': '42',
  null: 'null',
  'a list': '[{"text":"x"}]',
  'a text': '"hello"',
}
const codes: readonly ErrorCode[] = ['protocol']

/** What is said is not what is documented. */
export const protocolFaults: readonly Fault[] = [
  ...Object.entries(odd).map(([name, data]): Fault => ({
    category,
    name: `${name} in the middle`,
    scripts: (wire) => wire.stream(withBefore(wire, event(wire, data, 'strange'))),
    text: answerText,
  })),
  {
    category,
    name: 'unknown fields in every event',
    scripts: (wire) =>
      wire.stream(decoder.decode(wire.good).replaceAll(/^(data: )?\{/gm, '$1{"strange":{"deep":[1,null]},')),
    text: answerText,
  },
  ...Object.entries(wrong).map(([name, data]): Fault => ({
    category,
    name: `${name} in place of an event`,
    scripts: (wire) => wire.stream(withBefore(wire, event(wire, data))),
    codes,
    error: ({ partial }) => (partial?.content === answerText ? undefined : 'what had arrived is not in `partial`'),
  })),
  {
    category,
    name: 'an error in place of the rest',
    scripts: (wire) =>
      wire.stream(
        decoder.decode(wire.good.subarray(0, wire.end)) + event(wire, '{"error":{"message":"no luck"}}', 'error'),
      ),
    codes: ['server', 'truncated', 'protocol'],
    error: ({ partial }) => (partial?.content === answerText ? undefined : 'what had arrived is not in `partial`'),
  },
  {
    category,
    name: 'fields that are null in every event',
    scripts: (wire) =>
      wire.stream(decoder.decode(wire.good).replaceAll(/^(data: )?\{/gm, '$1{"error":null,"warning":null,')),
    text: answerText,
  },
  {
    category,
    name: 'the whole answer twice',
    scripts: (wire) => wire.stream(Buffer.concat([wire.good, wire.good])),
    text: answerText,
  },
  {
    category,
    name: 'nonsense after the end',
    scripts: (wire) => wire.stream(decoder.decode(wire.good) + event(wire, '{"nonsense":')),
    text: answerText,
  },
  {
    category,
    name: 'nothing but [DONE]',
    eventsOnly: true,
    scripts: (wire) => wire.stream('data: [DONE]\n\n'),
    codes: ['truncated', 'protocol'],
  },
  {
    category,
    name: '[DONE] before the event that ends it',
    eventsOnly: true,
    scripts: (wire) => wire.stream(withBefore(wire, 'data: [DONE]\n\n')),
    codes: ['truncated', 'protocol'],
  },
  {
    category,
    name: 'an answer without text',
    scripts: (wire) => wire.stream(wire.text([])),
    text: '',
  },
  ...Object.entries({
    'no arguments': [[]],
    'empty arguments': [['']],
    'null for arguments': [['null']],
    'arguments in many pieces': [Array.from('{"city":"Zürich"}')],
    'arguments that are no JSON': [['{"city":"Ro']],
    'several calls': [['{"city":"Rome"}'], ['{"city":', '"Oslo"}'], ['{}']],
    'arguments of a hundred kilobytes': [['{"text":"', ...Array<string>(20_000).fill('word '), '"}']],
  } as Readonly<Record<string, readonly string[][]>>).map(([name, args]): Fault => ({
    category,
    name: `tools: ${name}`,
    scripts: (wire) => wire.stream(wire.tools(...args)),
    play: async ({ model }) => {
      const { toolCalls, finishReason } = await model.stream('Hi').response()
      if (finishReason.unified !== 'tool_calls') return `the finish reason ${finishReason.unified}`
      const texts = args.map((pieces) => pieces.join(''))
      if (toolCalls.map(({ raw }) => raw).join('|') !== texts.join('|')) return 'other arguments'
      const wrongCalls = toolCalls.filter(({ error }) => error).length
      return wrongCalls === (name.includes('no JSON') ? 1 : 0) ? undefined : `${wrongCalls} calls with an error`
    },
  })),
]
