export { type Cassette, type CassetteOptions, openCassette } from './cassette.ts'
export type {
  Exchange,
  RecordedBody,
  RecordedBytes,
  RecordedChunk,
  RecordedRequest,
  RecordedResponse,
} from './exchange.ts'
export { readCassette, writeCassette } from './file.ts'
export { importExchange } from './import-exchange.ts'
export { CassetteMissError } from './miss.ts'
export type { CassetteMode } from './mode.ts'
export type { Speed } from './player.ts'
export type { Listening, ListenOptions } from './serve.ts'
