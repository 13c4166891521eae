import type {
  EncodedCall,
  ModelRequest,
  OutputCheck,
  ProviderTypes,
  ResponseFields,
  Warning,
} from '@interlingua/core/adapter'
import { type AnswerDecoder, GrowingDecoder, type PlainDecoder } from './answer-decoder.ts'
import type { Connection } from './connection.ts'

/** A call as one of OpenAI's two APIs takes it. */
export interface EncodedBody<Body extends object> {
  readonly body: Body
  readonly warnings: readonly Warning[]
  /** The caller's names of tools by the names that were sent. */
  readonly toolNames: ReadonlyMap<string, string>
  /** What the answer is checked against when it has come. */
  readonly output?: OutputCheck
}

/** A call as one of the two takes it, and answers it. */
export interface ApiCall<T extends ProviderTypes, Whole extends AnswerDecoder<T['Chunk']>> extends Pick<
  EncodedCall<T>,
  'body' | 'output' | 'awaited'
> {
  readonly path: string
  readonly warnings: readonly Warning[]
  readonly plain: PlainDecoder<T['Chunk']>
  /** Loads what makes the decoder of all answers. */
  readonly loadWhole: () => Promise<() => Whole>
  /** Whether the answer is sure to take that, so that it is not waited for in the middle. */
  readonly takesWhole: boolean
  readonly createResponse: (fields: ResponseFields<T>, whole: Whole | undefined) => T['Response']
}

/** What the calls of both APIs have in common. */
export async function encodedCall<T extends ProviderTypes, Whole extends AnswerDecoder<T['Chunk']>>(
  { stream }: ModelRequest<T>,
  connection: Connection,
  { path, plain, loadWhole, takesWhole, createResponse, ...encoded }: ApiCall<T, Whole>,
): Promise<EncodedCall<T>> {
  const decoder = new GrowingDecoder(plain, loadWhole)
  if (takesWhole) await decoder.grow()
  return {
    ...encoded,
    url: connection.url(path),
    headers: connection.headers(stream ? 'text/event-stream' : undefined),
    authorization: connection.authorization,
    decode: (event) => decoder.decode(event),
    decodeBody: (body) => decoder.decodeBody(body),
    createResponse: (fields) => createResponse(fields, decoder.whole),
  }
}
