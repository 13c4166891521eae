import type { UnsupportedFeatures } from '@interlingua/core'

/**
 * Tells of the parameters that an API does not have: those of another provider or of Cohere's other chat, and misspelt ones.
 * They are what is left when the known ones are taken out, and the compiler sees to it that no known one is among them.
 */
export function tellUnknown(
  params: Readonly<Record<string, never>>,
  api: 'v1' | 'v2',
  unsupported: UnsupportedFeatures,
): void {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(params)
  for (const [field, value] of entries) {
    if (value === undefined) continue
    const problem = `Cohere's ${api} chat has no such parameter here`
    unsupported.add({ field, problem, instead: 'it is left out' })
  }
}
