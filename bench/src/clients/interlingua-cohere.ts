import { createCohere } from '@interlingua/cohere'
import { CohereClientV2 } from 'cohere-ai'
import type { Client } from '../answer.ts'
import { fetchOver, ways } from './interlingua.ts'

export const interlinguaCohere: readonly Client[] = ways('cohere', (baseURL, transport) => {
  const client =
    transport === 'the vendor’s client' ? new CohereClientV2({ token: 'key', environment: baseURL }) : undefined
  return createCohere(client ? { client, baseURL } : { apiKey: 'key', baseURL, ...fetchOver(transport) })(
    'command-a-03-2025',
  )
})
