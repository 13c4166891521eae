import type { Law } from './law.ts'
import { anyFraming, anySplit } from './laws/any-split.ts'
import { concurrency } from './laws/concurrency.ts'
import { endsOnce, truncation } from './laws/ending.ts'
import { foldEqualsCall } from './laws/fold-equals-call.ts'
import { linear } from './laws/linear.ts'
import { lostConnection } from './laws/lost-connection.ts'
import { noHang } from './laws/no-hang.ts'
import { noLeak } from './laws/no-leak.ts'
import { noReadingAhead } from './laws/no-reading-ahead.ts'
import { nothingLost } from './laws/nothing-lost.ts'
import { nothingSilent } from './laws/nothing-silent.ts'
import { countedOnce, reading } from './laws/reading.ts'
import { retries } from './laws/retries.ts'
import { sameHistory } from './laws/same-history.ts'
import { stopMeansStop } from './laws/stop-means-stop.ts'
import { toolArguments } from './laws/tool-arguments.ts'
import { typedErrors } from './laws/typed-errors.ts'

/** Every law, in the order in which they are checked. */
export const laws: readonly Law[] = [
  reading,
  foldEqualsCall,
  anySplit,
  anyFraming,
  endsOnce,
  truncation,
  nothingLost,
  countedOnce,
  sameHistory,
  nothingSilent,
  toolArguments,
  typedErrors,
  lostConnection,
  stopMeansStop,
  noReadingAhead,
  linear,
  noHang,
  noLeak,
  concurrency,
  retries,
]
