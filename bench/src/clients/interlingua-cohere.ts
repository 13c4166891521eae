import { createCohere } from '@interlingua/cohere'
import { CohereClientV2 } from 'cohere-ai'
import type { Client } from '../answer.ts'
import { ways } from './interlingua.ts'

export const interlinguaCohere: readonly Client[] = ways('cohere', (baseURL, throughSdk) => {
  const client = throughSdk ? new CohereClientV2({ token: 'key', environment: baseURL }) : undefined
  return createCohere(client ? { client, baseURL } : { apiKey: 'key', baseURL })('command-a-03-2025')
})
