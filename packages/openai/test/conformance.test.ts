import { testProvider } from '@interlingua/conformance'
import { describe, test } from 'vitest'
import { chatProviders, responsesProviders } from './conformance/providers.ts'

for (const provider of [...chatProviders, ...responsesProviders]) testProvider(provider, { describe, test })
