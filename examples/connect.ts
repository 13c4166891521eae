import { type CohereProvider, createCohere } from '@interlingua/cohere'
import { createSimulator, type SimulatorOptions } from '@interlingua/simulator'

/** Who answers, and how to hang up. */
export interface Connection extends AsyncDisposable {
  readonly cohere: CohereProvider
  readonly description: string
}

/** Connects to Cohere where there is a key, and to a simulator of it where there is none. The options are the simulator's. */
export async function connect(options: SimulatorOptions = {}): Promise<Connection> {
  const { CO_API_KEY: key, COHERE_API_KEY: otherKey } = process.env
  if (key || otherKey) {
    return {
      cohere: createCohere(),
      description: `Answering: Cohere, with the key in ${key ? 'CO_API_KEY' : 'COHERE_API_KEY'}.`,
      [Symbol.asyncDispose]: async () => {},
    }
  }
  const server = await createSimulator(options).listen()
  return {
    cohere: createCohere({ apiKey: 'simulator', baseURL: server.url }),
    description: `Answering: a local simulator at ${server.url} (a catalogue of books, no language model).\nSet CO_API_KEY to ask Cohere instead.`,
    [Symbol.asyncDispose]: () => server.close(),
  }
}
