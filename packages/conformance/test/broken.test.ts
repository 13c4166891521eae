import { checkProvider, type ConnectionSettings, type LawName, type ProviderUnderTest } from '@interlingua/conformance'
import { InterlinguaError, type Model, parseObject } from '@interlingua/core'
import { test } from 'vitest'
import { type AcmeEvent, type AcmeParts, acmeParts, createAcme, withoutThinking } from './acme.ts'
import { acme } from './acme-scripts.ts'

type Fetch = typeof globalThis.fetch

/** What one adapter does wrong, and the law that it breaks. */
interface Breakage {
  readonly law: LawName
  readonly what: string
  readonly createModel: (settings: ConnectionSettings) => Model
  readonly changes?: Partial<ProviderUnderTest>
}

const parts = (law: LawName, what: string, changes: Partial<AcmeParts>): Breakage => ({
  law,
  what,
  createModel: (settings) => createAcme(settings, changes),
})

/** A model whose bytes pass through something that is not right. */
const through = (law: LawName, what: string, change: (fetch: Fetch) => Fetch): Breakage => ({
  law,
  what,
  createModel: ({ fetch = globalThis.fetch, ...settings }) => createAcme({ ...settings, fetch: change(fetch) }),
})

const body = (change: (body: ReadableStream<Uint8Array>) => ReadableStream<Uint8Array>): ((fetch: Fetch) => Fetch) => {
  return (fetch) => async (input, init) => {
    const response = await fetch(input, init)
    const isStream = response.headers.get('content-type')?.includes('event-stream')
    return isStream && response.body ? new Response(change(response.body), response) : response
  }
}

const encoder = new TextEncoder()

/** One case of each deadline is enough to wait for. */
const waitedForElsewhere = {
  'no-hang: no headers for a call: firstByteMs': 'the same deadline as that of a stream',
  'no-hang: headers and no event: firstByteMs or idleMs': 'the same deadlines as those of other cases',
  'no-hang: nothing but comments: idleMs': 'the same deadline as that of events that stop',
} as const

const breakages: Breakage[] = [
  // The first, since each of its cases is waited for; it has no scenarios, so that nothing else takes long.
  {
    law: 'no-hang',
    what: 'there are no deadlines',
    createModel: ({ apiKey, baseURL, fetch, retry = false }) =>
      createAcme({ apiKey, baseURL, retry, ...(fetch && { fetch }) }),
    changes: { patienceMs: 8_000, scenarios: [], exceptions: waitedForElsewhere },
  },
  parts(
    'reading',
    'a proper end is taken for a limit',
    both(({ end, ...event }) => ({
      ...event,
      ...(end && { end: end === 'done' ? 'limit' : end }),
    })),
  ),
  parts('fold-equals-call', 'the unstreamed answer loses its thinking', {
    decodeAnswer: (answer) => acmeParts.decodeAnswer(without(answer, 'thought')),
  }),
  through(
    'any-split',
    'a character that comes in two reads is lost',
    body((bytes) =>
      bytes.pipeThrough(
        new TransformStream({
          // Each read is decoded by itself.
          transform: (chunk, controller) => controller.enqueue(encoder.encode(new TextDecoder().decode(chunk))),
        }),
      ),
    ),
  ),
  through(
    'any-framing',
    'lines may end in LF only',
    body((bytes) => bytes.pipeThrough(new TransformStream(withoutReturns()))),
  ),
  through(
    'truncation',
    'the end of the body is taken for the end of the answer',
    body((bytes) => bytes.pipeThrough(new TransformStream(withEnding()))),
  ),
  parts('nothing-lost', 'only known fields are kept', {
    shownEvent: ({ id, thought, text, call, end, spent }) =>
      JSON.parse(JSON.stringify({ id, thought, text, call, end, spent })) as AcmeEvent,
  }),
  parts(
    'counted-once',
    'what was written is counted with what was read, too',
    both(({ spent, ...event }) => ({
      ...event,
      ...(spent && { spent: { ...spent, in: spent.in + spent.out } }),
    })),
  ),
  parts('same-history', 'thinking does not go back', { encodeMessage: withoutThinking }),
  parts('nothing-silent', 'a parameter is dropped', {
    encodeBody: (request) => acmeParts.encodeBody({ ...request, params: without(request.params, 'topK') }),
  }),
  parts('tool-arguments', 'an empty text is made an object of a kind', {
    decodeEvent: ({ call, ...event }) =>
      acmeParts.decodeEvent({
        ...event,
        ...(call && { call: call.args === 'null' ? { ...call, args: '"null"' } : call }),
      }),
  }),
  parts('typed-errors', 'what is not there is taken for a wrong request', {
    decodeFailure: async (failure) => ({
      ...(await acmeParts.decodeFailure(failure)),
      ...(failure.status === 404 && { code: 'invalid_request' }),
    }),
  }),
  {
    law: 'lost-connection',
    what: 'an error forgets its cause',
    createModel: (settings) => mapErrors(createAcme(settings), forgetCause),
  },
  {
    law: 'stop-means-stop',
    what: 'a listener stays on the signal of the caller',
    createModel: (settings) => listening(createAcme(settings)),
  },
  through('no-reading-ahead', 'the body is read ahead of the consumer', body(readAhead)),
  parts('linear', 'what has come is parsed again for each event', {
    parse: () => {
      let all = ''
      return (data) => {
        all += `${all === '' ? '' : ','}${data}`
        return (JSON.parse(`[${all}]`) as AcmeEvent[]).at(-1) ?? {}
      }
    },
  }),
  {
    law: 'no-leak',
    what: 'an error tells the key',
    createModel: (settings) =>
      mapErrors(createAcme(settings), (error) => (error.status === 401 ? tellingKey(error, settings.apiKey) : error)),
  },
  {
    law: 'retries',
    what: 'it is asked once more than allowed',
    createModel: ({ retry, ...settings }) =>
      createAcme({ ...settings, retry: retry ? { ...retry, attempts: retry.attempts + 1 } : false }),
  },
  parts('concurrency', 'streams share what they remember', sharedMemory()),
]

test.concurrent.for(breakages)(
  '$what: it is $law that is broken, and nothing else',
  // Five adapters at a time share one core: nothing but the first one hangs, and the others may take their time.
  { timeout: 300_000 },
  async ({ createModel, law, changes }, { expect }) => {
    const { cases } = await checkProvider({ ...acme(createModel), patienceMs: 250_000, ...changes })
    const broken = cases.filter(({ verdict }) => verdict === 'fail')
    expect([...new Set(broken.map((each) => each.law))], JSON.stringify(broken, undefined, 2)).toEqual([law])
  },
)

/** Asks for fifty reads more than anybody wants. */
function readAhead(bytes: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = bytes.getReader()
  const asked: ReturnType<typeof reader.read>[] = []
  const ask = (): void => {
    const read = reader.read()
    read.catch(() => {})
    asked.push(read)
  }
  for (let count = 0; count < 50; count++) ask()
  return new ReadableStream({
    async pull(controller) {
      ask()
      const next = await asked.shift()
      if (next?.value) controller.enqueue(next.value)
      else controller.close()
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/** Ends every body that has begun. */
function withEnding(): Transformer<Uint8Array, Uint8Array> {
  let begun = false
  return {
    transform: (chunk, controller) => {
      begun ||= chunk.length > 0
      controller.enqueue(chunk)
    },
    flush: (controller) => {
      if (begun) controller.enqueue(encoder.encode('\n\ndata: {"end":"done"}\n\n'))
    },
  }
}

/** Takes every CR for nothing, so that lines that end in it run into each other. */
function withoutReturns(): Transformer<Uint8Array, Uint8Array> {
  return { transform: (chunk, controller) => controller.enqueue(chunk.filter((byte) => byte !== 13)) }
}

function without<Value extends object>(value: Value, key: keyof Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Value
}

/** The same mistake in events and in answers. */
function both(change: (event: AcmeEvent) => AcmeEvent): Partial<AcmeParts> {
  return {
    decodeEvent: (event) => acmeParts.decodeEvent(change(event)),
    decodeAnswer: (answer) =>
      acmeParts.decodeAnswer({ ...answer, ...change({ end: answer.end, spent: answer.spent }) }),
  }
}

/** Loses the text of an event where another stream was read since the last one. */
function sharedMemory(): Partial<AcmeParts> {
  let reading: unknown
  return {
    parse: () => {
      const own = {}
      let begun = false
      return (data) => {
        const disturbed = begun && reading !== own
        begun = true
        reading = own
        const { text, ...event } = parseObject(data) as AcmeEvent
        return disturbed || text === undefined ? event : { ...event, text }
      }
    },
  }
}

/** The model, with a listener on every signal that nobody takes off again. */
function listening(model: Model): Model {
  return {
    ...model,
    call: (prompt, options) => {
      options?.signal?.addEventListener('abort', () => {})
      return model.call(prompt, options)
    },
  }
}

function tellingKey({ code, status, message, provider, model }: InterlinguaError, key: string): InterlinguaError {
  return new InterlinguaError({ code, status, provider, model, message: `${message} ${key}` })
}

function forgetCause(error: InterlinguaError): InterlinguaError {
  if (error.code !== 'connection') return error
  const { code, message, provider, model, retryable } = error
  return new InterlinguaError({ code, message, provider, model, retryable })
}

/** The model, with other errors from its calls. */
function mapErrors(model: Model, change: (error: InterlinguaError) => InterlinguaError): Model {
  return {
    ...model,
    call: (prompt, options) =>
      model.call(prompt, options).catch((error: unknown) => {
        throw error instanceof InterlinguaError ? change(error) : error
      }),
  }
}
