import type { ServerResponse } from 'node:http'
import type { RunRecord } from '../protocol.ts'
import type { RecordSink } from './run.ts'

/** Writes records as lines of JSON. What comes in one turn goes out in one write. */
export class RecordStream implements RecordSink {
  readonly #response: ServerResponse
  #lines = ''
  #scheduled = false

  constructor(response: ServerResponse) {
    this.#response = response
  }

  write(record: RunRecord): void {
    this.#lines += `${JSON.stringify(record)}\n`
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.flush())
  }

  flush(): void {
    this.#scheduled = false
    if (this.#lines === '' || this.#response.destroyed) return
    this.#response.write(this.#lines)
    this.#lines = ''
  }

  ready(): Promise<void> | undefined {
    const response = this.#response
    if (!response.writableNeedDrain || response.destroyed) return undefined
    return new Promise((resolve) => {
      const done = (): void => {
        response.off('drain', done)
        response.off('close', done)
        resolve()
      }
      response.on('drain', done)
      response.on('close', done)
    })
  }
}
