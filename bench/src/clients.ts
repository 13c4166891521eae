import { existsSync } from 'node:fs'
import type { Client } from './answer.ts'
import { ax } from './clients/ax.ts'
import { interlinguaCohere } from './clients/interlingua-cohere.ts'
import { langchain } from './clients/langchain.ts'
import { loops } from './clients/loop.ts'
import { tanstack } from './clients/tanstack.ts'
import { vercel } from './clients/vercel.ts'
import { cohereSdk, openAISdk } from './clients/vendor.ts'

/** Ours over OpenAI's wire, as soon as there is such a package. */
async function interlinguaOpenAI(): Promise<readonly Client[]> {
  if (!existsSync(new URL('../../packages/openai/dist/index.js', import.meta.url))) return []
  return (await import('./clients/interlingua-openai.ts')).interlinguaOpenAI()
}

/** Every way to read a stream that is compared. */
export const clients: readonly Client[] = [
  ...loops('cohere'),
  ...interlinguaCohere,
  cohereSdk,
  ...vercel('cohere'),
  langchain('cohere'),
  ...loops('openai'),
  ...(await interlinguaOpenAI()),
  openAISdk,
  ...vercel('openai'),
  langchain('openai'),
  ax,
  tanstack,
]
