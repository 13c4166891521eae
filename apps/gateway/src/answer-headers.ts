import type { GatewayCall } from './gateway-call.ts'

/** The headers that every answer has beside those of its protocol. */
export function answerHeaders(
  { id }: GatewayCall,
  answerer?: { readonly provider: string; readonly model: string },
): Record<string, string> {
  return {
    'x-request-id': id,
    ...(answerer && { 'x-interlingua-provider': answerer.provider, 'x-interlingua-model': plain(answerer.model) }),
  }
}

/** A model is named by a server, and a header takes only so much. */
function plain(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, '?')
}
