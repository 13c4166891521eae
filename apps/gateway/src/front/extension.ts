import type { BaseCallResponse, Warning } from '@interlingua/core'
import { withoutUndefined } from '@interlingua/core'
import type { ChatRequest } from './chat-request.ts'

/** What is told beside a protocol's own fields, in the member `interlingua` of an answer. */
export interface Extension {
  /** The provider that answered, and its name for the model. */
  readonly provider: string
  readonly model: string
  /** Why the model stopped, in both vocabularies. */
  readonly finish_reason: { readonly unified: string; readonly raw?: string | undefined }
  /** Tokens in disjoint buckets, and billed units. */
  readonly usage: object
  /** What it costs, in whole nano-USD; absent where that is unknown. */
  readonly cost_nano_usd?: number
  /** What could not be carried over, what the provider notes, and what failed before. */
  readonly warnings?: readonly Warning[]
}

/** The extension of an answer that was translated. */
export function extensionOf(response: BaseCallResponse, request: ChatRequest): Extension {
  const { provider, model, finishReason, usage, cost } = response
  const warnings = warningsFor(request, response.warnings)
  return withoutUndefined({
    provider,
    model,
    finish_reason: withoutUndefined({ unified: finishReason.unified, raw: finishReason.raw }),
    usage,
    cost_nano_usd: cost?.nanoUsd,
    warnings: warnings.length > 0 ? warnings : undefined,
  })
}

/** All that the caller should know, with fields by the caller's names. */
function warningsFor(request: ChatRequest, warnings: readonly Warning[]): readonly Warning[] {
  const unknown = Object.keys(request.unknown).map((field): Warning => ({
    code: 'unsupported',
    field,
    message: `${field}: the gateway has no neutral word for it; it is left out.`,
  }))
  const ofProvider = warnings.map((warning) => inCallersWords(warning, request))
  return [...request.warnings, ...unknown, ...ofProvider]
}

function inCallersWords(warning: Warning, { callersName }: ChatRequest): Warning {
  const { field, message } = warning
  if (field === undefined) return warning
  const own = callersName(field)
  return {
    ...warning,
    field: own,
    message: message.startsWith(`${field}: `) ? own + message.slice(field.length) : message,
  }
}
