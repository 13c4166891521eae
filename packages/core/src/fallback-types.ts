import type { CallConfig } from './config.ts'
import type { HandOffChunk } from './hand-off.ts'
import type { Message } from './message.ts'
import type { Model } from './model.ts'
import type { CallParams } from './params.ts'
import type { ProviderTypes } from './types.ts'

type TypesOfModel<M> = M extends Model<infer T> ? T : never

type ToIntersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void
  ? All
  : never

/** What one model takes is taken as it is; where there are several kinds of models, what all of them take. */
type Shared<T, Own, Neutral> = [T] extends [ToIntersection<T>] ? Own : Neutral

/**
 * The types of a model that stands for several: any of them may answer, and a stream may have a hand-off in it. Models of
 * different providers are asked in neutral terms.
 */
export interface FallbackTypes<M extends Model> extends ProviderTypes {
  Response: TypesOfModel<M>['Response']
  Chunk: TypesOfModel<M>['Chunk'] | HandOffChunk
  Message: Shared<TypesOfModel<M>, TypesOfModel<M>['Message'], Message>
  Tool: TypesOfModel<M>['Tool']
  Config: Shared<TypesOfModel<M>, TypesOfModel<M>['Config'], CallConfig>
  Params: Shared<TypesOfModel<M>, TypesOfModel<M>['Params'], CallParams>
  FinishReason: TypesOfModel<M>['FinishReason']
}
