/**
 * What a provider sent that has no neutral word, by the provider's name and then by its own names. It goes back to that
 * provider as it came, and to no other.
 */
export type ProviderFields = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Both together; of a field that both have, the later value. */
export function mergeProviderFields(earlier: ProviderFields | undefined, later: ProviderFields): ProviderFields {
  if (earlier === undefined) return later
  const merged = new Map(Object.entries(earlier))
  for (const [provider, fields] of Object.entries(later)) merged.set(provider, { ...merged.get(provider), ...fields })
  return Object.fromEntries(merged)
}
