import type { BillableUnits } from './usage.ts'

/** A price list for one model, in USD for one million of each unit. */
export interface Price {
  /** USD per million; a unit without an entry has no known price. */
  readonly usdPerMillion: BillableUnits
  /** What is charged in its place where the whole input is longer than this. */
  readonly longPrompts?: { readonly beyondTokens: number; readonly usdPerMillion: BillableUnits }
  /** Where the price was read. */
  readonly source: string
  /** When it was read, as `YYYY-MM-DD`. */
  readonly date: string
}

/** One line of a bill. */
export interface CostItem {
  readonly unit: keyof BillableUnits
  readonly count: number
  readonly usdPerMillion: number
  /** `count` at that price, in whole nano-USD (10⁻⁹ USD). */
  readonly nanoUsd: number
}

/** What a call costs. */
export interface Cost {
  /** The sum of the items, in whole nano-USD (10⁻⁹ USD). */
  readonly nanoUsd: number
  readonly items: readonly CostItem[]
  /** The price list that was applied; absent where the provider itself said what it charges. */
  readonly price?: Price
}

/** At one USD for a million, one unit costs a millionth of a USD. */
const picoUsdPerUnit = 1_000_000
const picoUsdPerNanoUsd = 1_000

/**
 * Charges units at a price. `undefined` where nothing is known to be charged, or where a charged unit has no known price:
 * a cost that leaves something out would be a wrong one.
 */
export function costOf(units: BillableUnits | undefined, price: Price | undefined): Cost | undefined {
  if (units === undefined || price === undefined) return undefined
  const prices = pricesFor(units, price)
  const items: CostItem[] = []
  let nanoUsd = 0
  for (const unit of Object.keys(units) as (keyof BillableUnits)[]) {
    const count = units[unit]
    if (count === undefined) continue
    // A count that is none makes the whole bill unknown.
    if (!Number.isFinite(count) || count < 0) return undefined
    const usdPerMillion = prices[unit]
    if (usdPerMillion === undefined) {
      if (count === 0) continue
      return undefined
    }
    const item = { unit, count, usdPerMillion, nanoUsd: charge(count, usdPerMillion) }
    items.push(item)
    nanoUsd += item.nanoUsd
  }
  return items.length === 0 ? undefined : { nanoUsd, items, price }
}

function pricesFor(units: BillableUnits, { usdPerMillion, longPrompts }: Price): BillableUnits {
  const { inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, imageTokens = 0, audioTokens = 0 } = units
  const prompt = inputTokens + cacheReadTokens + cacheWriteTokens + imageTokens + audioTokens
  return longPrompts && prompt > longPrompts.beyondTokens ? longPrompts.usdPerMillion : usdPerMillion
}

/** List prices are decimal fractions, which binary numbers only come near to; in pico-USD they are whole. */
function charge(count: number, usdPerMillion: number): number {
  return Math.round((count * Math.round(usdPerMillion * picoUsdPerUnit)) / picoUsdPerNanoUsd)
}
