import { BaseStream, type StreamSource } from './stream.ts'
import type { ProviderTypes, StreamOf } from './types.ts'

/** What a stream that nobody has read runs on. The stream cannot be read any more. */
export function sourceOf(stream: StreamOf<ProviderTypes>): StreamSource {
  const sources: StreamSource[] = []
  BaseStream.over(stream, (source) => {
    sources.push(source)
    return source
  })
  const [source] = sources
  if (source) return source
  throw new TypeError('the stream runs on nothing.')
}
