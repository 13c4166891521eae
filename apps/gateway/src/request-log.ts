import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Spent } from './limits.ts'
import type { RequestRecord } from './request-record.ts'

const columns = [
  'id',
  'startedAt',
  'durationMs',
  'firstTokenMs',
  'caller',
  'endpoint',
  'stream',
  'model',
  'provider',
  'providerModel',
  'status',
  'error',
  'inputTokens',
  'outputTokens',
  'cachedTokens',
  'reasoningTokens',
  'costNanoUsd',
  'warnings',
] as const satisfies readonly (keyof RequestRecord)[]

const day = 86_400_000

/**
 * Keeps a row for each request in a SQLite file. A row is committed before the answer's last byte is sent: what a caller has
 * seen the end of is in the log, even where the process is killed.
 */
export class RequestLog {
  readonly #database: DatabaseSync
  readonly #insert: StatementSync
  readonly #spent: StatementSync

  /** `:memory:` keeps the rows until the process ends. */
  constructor(file = ':memory:', { keepDays = 90 }: { readonly keepDays?: number | undefined } = {}) {
    this.#database = new DatabaseSync(file)
    // With a write-ahead log a commit survives the process without a flush of the disk.
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000')
    this.#database.exec(`CREATE TABLE IF NOT EXISTS requests (
      id TEXT PRIMARY KEY, startedAt INTEGER NOT NULL, durationMs REAL NOT NULL, firstTokenMs REAL, caller TEXT NOT NULL,
      endpoint TEXT NOT NULL, stream INTEGER NOT NULL, model TEXT NOT NULL, provider TEXT, providerModel TEXT,
      status INTEGER NOT NULL, error TEXT, inputTokens INTEGER, outputTokens INTEGER, cachedTokens INTEGER,
      reasoningTokens INTEGER, costNanoUsd INTEGER, warnings INTEGER NOT NULL
    ) STRICT`)
    this.#database.exec('CREATE INDEX IF NOT EXISTS requests_by_caller ON requests (caller, startedAt)')
    this.#database.prepare('DELETE FROM requests WHERE startedAt < ?').run(Date.now() - keepDays * day)
    const values = columns.map(() => '?').join(', ')
    this.#insert = this.#database.prepare(`INSERT INTO requests (${columns.join(', ')}) VALUES (${values})`)
    this.#spent = this.#database.prepare(`SELECT count(*) AS requests,
      total(inputTokens) + total(outputTokens) AS tokens, total(costNanoUsd) AS nanoUsd
      FROM requests WHERE caller = ? AND startedAt >= ?`)
  }

  add(record: RequestRecord): void {
    const values = columns.map((column) => {
      const value = record[column]
      return typeof value === 'boolean' ? Number(value) : (value ?? null)
    })
    this.#insert.run(...values)
  }

  /** What a caller used since a moment. */
  spent(caller: string, since: number): Spent {
    const { requests, tokens, nanoUsd } = this.#spent.get(caller, since) ?? {}
    return { requests: Number(requests ?? 0), tokens: Number(tokens ?? 0), nanoUsd: Number(nanoUsd ?? 0) }
  }

  close(): void {
    this.#database.close()
  }
}
