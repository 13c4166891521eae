import { testProvider } from '@interlingua/conformance'
import { describe, test } from 'vitest'
import { v1Providers } from '../conformance/providers.ts'

for (const provider of v1Providers) testProvider(provider, { describe, test })
