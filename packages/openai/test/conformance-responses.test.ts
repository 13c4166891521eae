import { testProvider } from '@interlingua/conformance'
import { describe, test } from 'vitest'
import { responsesProviders } from './conformance/providers.ts'

for (const provider of responsesProviders) testProvider(provider, { describe, test })
