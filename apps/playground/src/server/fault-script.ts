import type { Script } from '@interlingua/simulator'
import type { FaultSetup } from '../setup.ts'

/** What the simulator does to bring a fault about; none where there is no fault. */
export function faultScripts({ kind, afterBytes, times }: FaultSetup): readonly Script[] {
  if (kind === 'none') return []
  return [{ ...faultOf(kind, Math.max(0, afterBytes)), ...(times > 0 && { times }) }]
}

function faultOf(kind: Exclude<FaultSetup['kind'], 'none'>, afterBytes: number): Script {
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
    case 'stall':
      return { stallAfterBytes: afterBytes }
  }
}
