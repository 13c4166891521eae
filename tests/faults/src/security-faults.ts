import { inspect } from 'node:util'
import { createSimulator, type Script } from '@interlingua/simulator'
import type { Fault, Problem } from './fault.ts'

/** The key that every target is given. */
export const apiKey = 'sk-fault-matrix-0123456789'

const category = 'security'

/** Where a value shows the key. */
export function showsKey(value: unknown): Problem {
  const ways = {
    inspect: inspect(value, { depth: 9, showHidden: true }),
    JSON: JSON.stringify(value) ?? '',
    stack: value instanceof Error ? String(value.stack) : '',
  }
  const found = Object.entries(ways).find(([, text]) => text.includes(apiKey) || text.includes(btoa(apiKey)))
  return found && `the key is shown by ${found[0]}`
}

const echoes: Readonly<Record<string, Script>> = {
  'in an error': {
    status: 401,
    headers: { 'content-type': 'application/json' },
    body: `{"message":"invalid key ${apiKey}"}`,
  },
  'in an error, in Base64': { status: 401, body: `not a key: ${btoa(apiKey)}` },
  'in a header': { status: 401, headers: { 'x-echo': apiKey }, body: '' },
  'on a page': { status: 200, headers: { 'content-type': 'text/html' }, body: `<h1>${apiKey}</h1>` },
}

/** Secrets stay where they belong. */
export const securityFaults: readonly Fault[] = [
  ...Object.entries(echoes).map(([name, script]): Fault => ({
    category,
    name: `the key ${name}`,
    scripts: () => script,
    codes: ['authentication', 'protocol'],
    error: showsKey,
  })),
  {
    category,
    name: 'the key in a stream that breaks',
    scripts: (wire) => wire.stream(`${wire.provider.framing === 'lines' ? '' : 'data: '}{"broken ${apiKey}\n\n`),
    codes: ['protocol', 'truncated'],
    error: showsKey,
  },
  ...['\n', '\r\n', '\0', '→'].map((character): Fault => ({
    category,
    name: `a key with ${JSON.stringify(character)} in it`,
    scripts: (wire) => wire.stream(wire.good),
    settings: { apiKey: `${apiKey}${character}${apiKey}` },
    codes: ['authentication', 'invalid_request', 'connection'],
    error: showsKey,
    requests: 0,
  })),
  ...[301, 302, 303, 307, 308].map((status): Fault => ({
    category,
    name: `status ${status} to another origin`,
    scripts: () => ({}),
    play: async ({ createModel }) => {
      const seen: string[] = []
      const other = createSimulator({ onRequest: ({ headers }) => seen.push(JSON.stringify(headers)) })
      await using elsewhere = await other.listen()
      const first = createSimulator({ scripts: [{ status, headers: { location: `${elsewhere.url}/x` }, body: '' }] })
      await using server = await first.listen()
      const outcome: unknown = await createModel({ baseURL: server.url })
        .stream('Hi')
        .response()
        .catch((error: unknown) => error)
      if (!(outcome instanceof Error)) return 'the answer of another origin was used'
      // Credentials are not recorded, but that there were some is.
      return seen.some((headers) => headers.includes('authorization')) ? 'the key went to another origin' : undefined
    },
  })),
  {
    category,
    name: 'arguments with __proto__',
    scripts: (wire) => wire.stream(wire.tools(['{"__proto__":{"polluted":1},', '"a":{"__proto__":{"polluted":1}}}'])),
    play: async ({ model }) => {
      for await (const [, tool] of model.stream('Hi', { partialTools: true })) {
        const args: unknown = tool?.args
        if (typeof args === 'object' && args !== null && 'polluted' in args)
          return 'the arguments inherit from what they say'
      }
      return 'polluted' in {} ? 'all objects inherit from what the arguments say' : undefined
    },
  },
]
