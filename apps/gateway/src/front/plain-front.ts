import type { Cost, Usage, Warning } from '@interlingua/core'
import type { Failure } from '../failure.ts'
import type { GatewayCall } from '../gateway-call.ts'
import type { JsonObject } from '../json-object.ts'
import type { Route } from '../routes.ts'
import type { EndpointName } from './protocol.ts'

/** An answer that is not streamed, and what it came to. */
export interface PlainAnswer {
  readonly body: JsonObject
  readonly outcome: {
    readonly provider: string
    readonly model: string
    readonly usage: Usage
    readonly cost: Cost | undefined
    readonly warnings: number
  }
}

/** An endpoint beside chat. */
export interface PlainFront {
  readonly endpoint: EndpointName
  readonly encodeError: (failure: Failure) => JsonObject
  /** Answers a request. Throws a `Refusal` where it is none. */
  answer(body: JsonObject, route: Route, call: GatewayCall): Promise<PlainAnswer>
}

/** What is told beside an answer's own fields, where there is something to tell. */
export function plainExtension(
  { provider, model, cost }: { readonly provider: string; readonly model: string; readonly cost: Cost | undefined },
  warnings: readonly Warning[],
): { readonly interlingua: JsonObject } {
  return {
    interlingua: {
      provider,
      model,
      ...(cost && { cost_nano_usd: cost.nanoUsd }),
      ...(warnings.length > 0 && { warnings }),
    },
  }
}
