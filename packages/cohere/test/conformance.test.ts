import { testProvider } from '@interlingua/conformance'
import { describe, test } from 'vitest'
import { providers } from './conformance/providers.ts'

for (const provider of providers) testProvider(provider, { describe, test })
