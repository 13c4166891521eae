import {
  ask,
  type Loose,
  type ReceivedJson,
  type RequestOptions,
  unexpected,
  type Warning,
  withoutUndefined,
} from '@interlingua/core'
import { type CohereEndpointName, type CohereModelInfo, decodeModel, type WireModel } from './model-info.ts'
import type { Connection } from './connection.ts'

/** The answer of `/v1/models`. */
export interface WireModelList {
  models: WireModel[]
  next_page_token?: string
}

/** A model, and what came along with the answer. */
export interface CohereModelAnswer extends CohereModelInfo {
  readonly requestId: string | undefined
  readonly warnings: readonly Warning[]
  /** The response headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>
}

/** A list of models, and what came along with it. */
export interface CohereModelList extends ReadonlyArray<CohereModelInfo> {
  readonly warnings: readonly Warning[]
  /** The answers that it was read from, one for each page. */
  readonly answers: readonly ReceivedJson[]
}

/** Which models to list. */
export interface CohereListModelsOptions extends RequestOptions {
  /** Only models that work with this endpoint. */
  readonly endpoint?: CohereEndpointName
  /** Only the default model of `endpoint`, which has to be given. Default: `false`. */
  readonly defaultOnly?: boolean
  /** How many models one request brings, 1 to 1000. All are listed in any case. Default: 1000. */
  readonly pageSize?: number
}

/** Cohere's models, as Cohere itself describes them. */
export interface CohereModels {
  /**
   * Lists the models that the key may use, all pages of them.
   *
   * @throws {InterlinguaError} where one of the pages could not be had.
   * @see https://docs.cohere.com/reference/list-models
   */
  list(options?: CohereListModelsOptions): Promise<CohereModelList>
  /**
   * Describes a model.
   *
   * @throws {InterlinguaError} of code `not_found` where there is no such model.
   * @see https://docs.cohere.com/reference/get-model
   */
  get(id: string, options?: RequestOptions): Promise<CohereModelAnswer>
}

/** Makes the access to the models. */
export function createModels(connection: Connection): CohereModels {
  const request = (path: string) => ({
    method: 'GET' as const,
    url: connection.url(path),
    headers: connection.headers(),
    authorization: connection.authorization,
  })
  return {
    async list(options = {}) {
      const models: CohereModelInfo[] = []
      const answers: ReceivedJson[] = []
      const tokens = new Set<string | undefined>()
      let token: string | undefined
      do {
        tokens.add(token)
        const path = `/v1/models?${query(options, token)}`
        const decode = (received: ReceivedJson): string | undefined => {
          const { models: page, next_page_token: next } = received.body as Loose<WireModelList>
          if (!Array.isArray(page)) throw unexpected('the server sent no list of models.', received.body)
          // A page that leads back to one that was read would never end.
          if (next && tokens.has(next)) throw unexpected('the server sent the same page token twice.', received.body)
          models.push(...page.map((model) => decodeModel(model)))
          answers.push(received)
          return next || undefined
        }
        token = await ask(connection, { encode: () => request(path), decode }, options)
      } while (token !== undefined)
      return Object.assign(models, { answers, warnings: answers.flatMap(({ warnings }) => warnings) })
    },
    get: (id, options) =>
      ask(
        connection,
        {
          model: id,
          encode: () => request(`/v1/models/${encodeURIComponent(id)}`),
          decode: ({ body, requestId, warnings, headers }) => ({ ...decodeModel(body), requestId, warnings, headers }),
        },
        options,
      ),
  }
}

function query(options: CohereListModelsOptions, token: string | undefined): string {
  const { endpoint, defaultOnly, pageSize = 1000 } = options
  const parameters = withoutUndefined({
    page_size: String(pageSize),
    page_token: token,
    endpoint,
    default_only: defaultOnly === undefined ? undefined : String(defaultOnly),
  })
  return new URLSearchParams(Object.entries(parameters)).toString()
}
