import type { Connection } from './connection.ts'
import { createEmbeddingModel, type OpenAIEmbeddingModel } from './embed/model.ts'
import type { OpenAIEmbeddingModelId } from './embed/options.ts'
import { createModels, type OpenAIModels } from './models.ts'

/** What a provider has beside chat. */
export interface OpenAIEndpoints {
  /** Makes a model that turns texts into vectors: `openai.embed('text-embedding-3-small')`. */
  embed(model: OpenAIEmbeddingModelId): OpenAIEmbeddingModel
  /** Lists and describes the models. */
  readonly models: OpenAIModels
}

/** Makes what a provider has beside chat. */
export function createEndpoints(connection: Connection): OpenAIEndpoints {
  return {
    embed: (model) => createEmbeddingModel(connection, model),
    models: createModels(connection),
  }
}
