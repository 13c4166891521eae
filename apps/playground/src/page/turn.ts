import type { Message } from '@interlingua/core'
import { type Signal, signal } from '@preact/signals'
import type { RunRecord, RunRequest } from '../protocol.ts'
import { onNextFrame } from './frame.ts'
import { Reading } from './reading.ts'

/** One question to a lane's model, and its answer as it comes. */
export class Turn {
  readonly request: RunRequest
  readonly records: RunRecord[] = []
  readonly startedAt: number = performance.now()
  /** The record that is looked at; `undefined` for the latest. */
  readonly cursor: Signal<number | undefined> = signal<number | undefined>(undefined)
  /** Counts the frames in which something was new. */
  readonly #frame: Signal<number> = signal(0)
  readonly #live = new Reading()
  readonly #stop = new AbortController()
  #replay = { reading: new Reading(), upTo: 0 }
  #clock: ReturnType<typeof setInterval> | undefined

  constructor(request: RunRequest) {
    this.request = request
    // What has been waited is shown while nothing else happens.
    this.#clock = setInterval(() => this.#show(), 200)
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  add(record: RunRecord): void {
    this.records.push(record)
    this.#live.add(record)
    this.#show()
  }

  /** Closes the connection, and with it the provider's. */
  stop(): void {
    if (!this.isRunning) return
    this.#live.status = 'stopped'
    this.#stop.abort()
    this.settle()
  }

  /** Nothing more comes. */
  settle(): void {
    if (this.isRunning) this.#live.status = 'stopped'
    clearInterval(this.#clock)
    this.#clock = undefined
    this.#show()
  }

  get isRunning(): boolean {
    return ['waiting', 'streaming', 'retrying'].includes(this.live.status)
  }

  /** How many records there are; whoever reads it is told of each frame. */
  get count(): number {
    void this.#frame.value
    return this.records.length
  }

  /** What has been read so far, whatever is looked at. */
  get live(): Reading {
    void this.#frame.value
    return this.#live
  }

  /** What is to be shown: all, or as far as the record that is looked at. */
  get shown(): Reading {
    const cursor = this.cursor.value
    if (cursor === undefined) return this.live
    const count = Math.min(cursor + 1, this.records.length)
    if (count < this.#replay.upTo) this.#replay = { reading: new Reading(), upTo: 0 }
    while (this.#replay.upTo < count) {
      const record = this.records[this.#replay.upTo++]
      if (record) this.#replay.reading.add(record)
    }
    return this.#replay.reading
  }

  /** The conversation to go on with; `undefined` where there is no answer. */
  get history(): readonly Message[] | undefined {
    const { result, fold } = this.live
    if (result) return result.messages
    const message = fold.message()
    return fold.text('text') === '' ? undefined : [...this.request.messages, { ...message, toolCalls: [] }]
  }

  #show(): void {
    onNextFrame(this.#bump)
  }

  readonly #bump = (): void => {
    this.#frame.value++
  }
}
