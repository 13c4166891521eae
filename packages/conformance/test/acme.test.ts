import { testProvider } from '@interlingua/conformance'
import { describe, test } from 'vitest'
import { createAcme } from './acme.ts'
import { acme } from './acme-scripts.ts'

testProvider(
  acme((settings) => createAcme(settings)),
  { describe, test },
)
