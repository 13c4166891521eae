import { testProvider } from '@interlingua/conformance'
import { describe, test } from 'vitest'
import { v2Providers } from './conformance/providers.ts'

for (const provider of v2Providers) testProvider(provider, { describe, test })
