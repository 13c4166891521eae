import type { ProviderUnderTest } from '@interlingua/conformance'
import { providers as cohere } from '../../../packages/cohere/test/conformance/providers.ts'

/** Everyone who is put through the faults: every adapter, over every transport that it has. */
export const targets: readonly ProviderUnderTest[] = [...cohere]
