import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cassette, type Exchange, openCassette, readCassette, writeCassette } from '@interlingua/cassette'

/** How many runs are kept. */
const mostRuns = 64

/** The HTTP exchanges of the latest runs, in a folder that is gone when the server is. */
export class RunCassettes {
  readonly #secrets: readonly string[]
  readonly #runs = new Map<string, Promise<readonly Exchange[]>>()
  #folder: Promise<string> | undefined

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets
  }

  /** Begins to record a run. */
  async open(): Promise<RunRecorder> {
    const folder = await (this.#folder ??= mkdtemp(join(tmpdir(), 'interlingua-playground-')))
    const recorder = new RunRecorder(randomUUID(), folder, this.#secrets)
    this.#runs.set(recorder.run, recorder.exchanges)
    const oldest = this.#runs.keys().next().value
    if (this.#runs.size > mostRuns && oldest !== undefined) this.#runs.delete(oldest)
    return recorder
  }

  /** The cassette of some runs, one after the other; `undefined` where one of them is not known. */
  async cassetteOf(runs: readonly string[]): Promise<string | undefined> {
    const kept = runs.map((run) => this.#runs.get(run))
    if (runs.length === 0 || !this.#folder) return undefined
    const exchanges: Exchange[] = []
    for (const each of kept) {
      if (!each) return undefined
      exchanges.push(...(await each))
    }
    const path = join(await this.#folder, `${randomUUID()}.json`)
    await writeCassette(path, exchanges)
    const text = await readFile(path, 'utf8')
    await rm(path)
    return text
  }

  async close(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true })
  }
}

/** Records one run. */
class RunRecorder {
  readonly run: string
  /** What was recorded, once the run is over. */
  readonly exchanges: Promise<readonly Exchange[]>
  readonly #folder: string
  readonly #secrets: readonly string[]
  readonly #opened: { readonly path: string; readonly cassette: Cassette }[] = []
  readonly #finished: PromiseWithResolvers<readonly Exchange[]> = Promise.withResolvers<readonly Exchange[]>()

  constructor(run: string, folder: string, secrets: readonly string[]) {
    this.run = run
    this.#folder = folder
    this.#secrets = secrets
    this.exchanges = this.#finished.promise
  }

  /** A `fetch` that is recorded. */
  async record(fetch: typeof globalThis.fetch): Promise<typeof globalThis.fetch> {
    const path = join(this.#folder, `${this.run}-${this.#opened.length}.json`)
    const cassette = await openCassette(path, { mode: 'record', fetch, secrets: this.#secrets })
    this.#opened.push({ path, cassette })
    return cassette.fetch
  }

  /** Keeps what was recorded in memory, and nothing of it on the disk. */
  async finish(): Promise<void> {
    const exchanges: Exchange[] = []
    for (const { path, cassette } of this.#opened) {
      await cassette.close()
      exchanges.push(...(await readCassette(path)))
      await rm(path, { force: true })
    }
    this.#finished.resolve(exchanges)
  }
}
