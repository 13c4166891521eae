import type { Price } from '@interlingua/core'

const list = { source: 'https://models.dev', date: '2026-07-02' }

const commandA: Price = { ...list, usdPerMillion: { inputTokens: 2.5, outputTokens: 10 } }
const commandR: Price = { ...list, usdPerMillion: { inputTokens: 0.15, outputTokens: 0.6 } }
const commandR7b: Price = { ...list, usdPerMillion: { inputTokens: 0.0375, outputTokens: 0.15 } }

/**
 * What Cohere charges for chat, by model id, as models.dev lists it. A model that is missing here has no known price.
 *
 * @see https://cohere.com/pricing
 */
export const coherePrices: Readonly<Record<string, Price>> = {
  'command-a-03-2025': commandA,
  'command-a-plus-05-2026': commandA,
  'command-a-reasoning-08-2025': commandA,
  'command-a-translate-08-2025': commandA,
  'command-a-vision-07-2025': commandA,
  'command-r-08-2024': commandR,
  'command-r-plus-08-2024': commandA,
  'command-r7b-12-2024': commandR7b,
  'command-r7b-arabic-02-2025': commandR7b,
}
