import type { FaultSetup } from './setup.ts'

/** A script of the simulator's. Its type is told here again, since the page knows nothing of Node, as the simulator does. */
interface FaultScript {
  readonly times?: number
  readonly error?: {
    readonly status: number
    readonly message: string
    readonly code?: string
    readonly retryAfterMs?: number
  }
  readonly truncateAfterBytes?: number
  readonly destroyAfterBytes?: number
  readonly stallAfterBytes?: number
}

/** What the simulator does to bring a fault about; none where there is no fault. */
export function faultScripts({ kind, afterBytes, times }: FaultSetup): readonly FaultScript[] {
  if (kind === 'none') return []
  return [{ ...faultOf(kind, Math.max(0, afterBytes)), ...(times > 0 && { times }) }]
}

function faultOf(kind: Exclude<FaultSetup['kind'], 'none'>, afterBytes: number): FaultScript {
  switch (kind) {
    case 'rate-limit':
      return {
        error: { status: 429, message: 'Too many requests.', code: 'rate_limit_exceeded', retryAfterMs: 1_200 },
      }
    case 'overloaded':
      return { error: { status: 503, message: 'The model is overloaded. Please try again later.' } }
    case 'cut':
      return { truncateAfterBytes: afterBytes }
    case 'reset':
      return { destroyAfterBytes: afterBytes }
    default:
      return { stallAfterBytes: afterBytes }
  }
}
