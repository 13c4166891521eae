import type { CallerKeys } from './caller-key.ts'
import type { Limits } from './limits.ts'
import type { Logger } from './logger.ts'
import type { Metrics } from './metrics.ts'
import type { RequestLog } from './request-log.ts'
import type { Routes } from './routes.ts'
import type { RunningCalls } from './running-calls.ts'

/** What every request is answered with. */
export interface Services {
  readonly keys: CallerKeys
  readonly routes: Routes
  readonly limits: Limits
  readonly log: RequestLog
  readonly metrics: Metrics
  readonly logger: Logger
  readonly running: RunningCalls
  readonly maxBodyBytes: number
}
