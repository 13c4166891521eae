import {
  type EncodedRequest,
  type Loose,
  type ReceivedJson,
  type RequestOptions,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { ask, unexpected } from '@interlingua/core/encoding'
import { type CohereModelInfo, decodeModel } from './model-info.ts'
import type { Connection } from './connection.ts'
import type { CohereListModelsOptions, CohereModelAnswer, CohereModelList, WireModelList } from './models.ts'

/** Lists the models, all pages of them. */
export async function listModels(connection: Connection, options: CohereListModelsOptions): Promise<CohereModelList> {
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
    token = await ask(connection, { encode: () => request(connection, path), decode }, options)
  } while (token !== undefined)
  return Object.assign(models, { answers, warnings: answers.flatMap(({ warnings }) => warnings) })
}

/** Describes a model. */
export function getModel(connection: Connection, id: string, options?: RequestOptions): Promise<CohereModelAnswer> {
  return ask(
    connection,
    {
      model: id,
      encode: () => request(connection, `/v1/models/${encodeURIComponent(id)}`),
      decode: ({ body, requestId, warnings, headers }) => ({ ...decodeModel(body), requestId, warnings, headers }),
    },
    options,
  )
}

function request(connection: Connection, path: string): EncodedRequest {
  return {
    method: 'GET',
    url: connection.url(path),
    headers: connection.headers(),
    authorization: connection.authorization,
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
