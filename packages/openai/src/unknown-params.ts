import type { UnsupportedFeatures } from '@interlingua/core/adapter'

/** Tells of parameters that an API does not have: neutral ones, those of another provider, and misspelt ones. */
export function tellUnknown(
  params: Readonly<Record<string, unknown>>,
  api: string,
  unsupported: UnsupportedFeatures,
): void {
  for (const [field, value] of Object.entries(params)) {
    if (value === undefined) continue
    unsupported.add({ field, problem: `there is no such parameter of ${api} here`, instead: 'it is left out' })
  }
}
