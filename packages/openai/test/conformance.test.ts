import { testProvider } from '@interlingua/conformance'
import { describe, test } from 'vitest'
import { chatProviders } from './conformance/providers.ts'

for (const provider of chatProviders) testProvider(provider, { describe, test })
