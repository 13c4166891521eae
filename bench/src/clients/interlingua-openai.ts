import type { Model } from '@interlingua/core'
import OpenAI from 'openai'
import type { Client } from '../answer.ts'
import { fetchOver, ways } from './interlingua.ts'

type Create = (options: object) => (model: string) => Model

/** The package is not linked, since it may not be there. */
export async function interlinguaOpenAI(): Promise<readonly Client[]> {
  const entry = new URL('../../../packages/openai/dist/index.js', import.meta.url).href
  const { createOpenAI } = (await import(entry)) as { readonly createOpenAI: Create }
  return ways('openai', (baseURL, transport) => {
    const options = { apiKey: 'key', baseURL: `${baseURL}/v1`, ...fetchOver(transport) }
    return createOpenAI({
      ...(transport === 'the vendor’s client' ? { client: new OpenAI(options) } : options),
      api: 'chat',
    })('gpt-5')
  })
}
