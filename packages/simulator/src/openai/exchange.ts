import type { Call, Reply } from '../route.ts'
import type { Dialect } from './dialect.ts'
import { badRequest, type Problem } from './problem.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Store } from './responses/store.ts'

/** A request to a server that speaks OpenAI's protocols, and how it is answered. */
export class Exchange {
  readonly call: Call
  readonly dialect: Dialect
  readonly store: Store
  readonly #limit: RateLimit | undefined
  #headers: Readonly<Record<string, string>> = {}

  constructor(call: Call, dialect: Dialect, { store, limit }: { store: Store; limit: RateLimit | undefined }) {
    this.call = call
    this.dialect = dialect
    this.store = store
    this.#limit = limit
  }

  /** Counts the request against the limits; what is wrong where it is above them. */
  count(tokens: number): Problem | undefined {
    const counted = this.#limit?.count(tokens)
    this.#headers = counted?.headers ?? {}
    return counted?.problem
  }

  /** What is wrong with a body that is no JSON; documented by OpenAI's own hint. */
  syntaxProblem(): Problem | undefined {
    return this.call.syntaxError === undefined ? undefined : this.unreadable()
  }

  /** The refusal of a body that cannot be read. */
  unreadable(): Problem {
    const hint =
      "(HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)"
    return badRequest(`We could not parse the JSON body of your request. ${hint}`)
  }

  /** An answer that refuses. */
  refuse(problem: Problem): Reply {
    return this.reply({
      status: problem.status,
      headers: { 'content-type': 'application/json', ...problem.headers },
      streamed: false,
      frames: [{ text: JSON.stringify(this.dialect.error(problem)), tokens: 0 }],
    })
  }

  /** An answer that is one JSON value. */
  json(value: object, tokens = 0): Reply {
    return this.reply({
      headers: { 'content-type': 'application/json' },
      streamed: false,
      frames: [{ text: JSON.stringify(value), tokens }],
    })
  }

  /** Any answer, with the headers of the limits. */
  reply({ status = 200, headers, ...reply }: Omit<Reply, 'status'> & { status?: number }): Reply {
    return { ...reply, status, headers: { ...this.#headers, ...headers } }
  }
}
