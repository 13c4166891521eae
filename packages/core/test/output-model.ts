import {
  BaseCallResponse,
  BaseCallResponseChunk,
  BaseStream,
  BaseTool,
  type Delta,
  InterlinguaError,
  type Model,
  type StreamSource,
} from '../src/index.ts'
import { Fold } from '../src/fold.ts'

const finish: Delta = { type: 'finish', reason: { unified: 'stop', raw: 'stop' } }

/** A model that says what it is told to, one chunk for each piece of text. */
export function saying(pieces: readonly string[]): Model {
  return speaking(pieces.map((text) => ({ type: 'text', index: 0, text })))
}

/** A model that calls a tool, with the arguments in pieces. */
export function calling(name: string, pieces: readonly string[]): Model {
  return speaking([
    { type: 'tool-call-start', index: 0, id: 'a', name },
    ...pieces.map((text): Delta => ({ type: 'tool-call-delta', index: 0, text })),
    { type: 'tool-call-end', index: 0 },
  ])
}

function speaking(deltas: readonly Delta[]): Model {
  const all = [...deltas, finish]
  return {
    provider: 'acme',
    id: 'parrot',
    call: async () => {
      const fold = new Fold({})
      for (const delta of all) fold.add(delta)
      return responseOf(fold)
    },
    stream: () => new BaseStream(sourceOf(all)),
    explain: () => Promise.reject(new Error('a parrot sends nothing')),
  }
}

function sourceOf(deltas: readonly Delta[]): StreamSource {
  let at = 0
  return {
    provider: 'acme',
    model: 'parrot',
    config: {},
    params: {},
    messages: [],
    endsAtFinish: true,
    open: async () => ({
      get ended() {
        return at >= deltas.length
      },
      take: () => {
        const delta = deltas[at++]
        return delta && new BaseCallResponseChunk(delta, [delta])
      },
      read: async () => {},
      release: () => {},
      cancel: () => {},
    }),
    createResponse: responseOf,
    createTool: (call, delta) => new BaseTool(call, delta),
    createError: (details) => new InterlinguaError(details),
  }
}

function responseOf(fold: Fold): BaseCallResponse {
  return new BaseCallResponse({
    provider: 'acme',
    model: 'parrot',
    id: undefined,
    requestId: undefined,
    message: fold.message(),
    finishReason: fold.finishReason,
    usage: {},
    cost: undefined,
    logprobs: [],
    warnings: [],
    timings: { startedAt: 0 },
    messages: [],
    request: undefined,
    headers: {},
    json: undefined,
    raw: undefined,
  })
}
