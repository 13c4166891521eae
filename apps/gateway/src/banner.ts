import type { Config } from './config/schema.ts'

/** What is told when the gateway has started: who answers, and how to try it. */
export function banner({
  url,
  key,
  simulated,
  config,
}: {
  readonly url: string
  /** The key that was made for this run, where the configuration has none. */
  readonly key: string | undefined
  readonly simulated: boolean
  readonly config: Config
}): string {
  const who = simulated
    ? 'Answering: a simulator, for every provider. It speaks their protocols and knows a catalogue of books; there is no language model in it.\nSet CO_API_KEY, OPENAI_API_KEY or another provider’s key to ask the real ones.'
    : `Answering: ${config.providers ? Object.keys(config.providers).join(', ') : 'the providers whose keys are in the environment'}.`
  const [alias] = Object.keys(config.models ?? {})
  const model = alias ?? (simulated ? 'cohere/command-a-03-2025' : 'provider/model')
  const body = JSON.stringify({
    model,
    stream: true,
    messages: [{ role: 'user', content: 'Recommend a fantasy book' }],
  })
  const curl = [
    `curl -N ${url}/v1/chat/completions -H 'content-type: application/json' \\`,
    `  -H 'authorization: Bearer ${key ?? '<one of your keys>'}' -d '${body}'`,
  ]
  const keyLine = key === undefined ? [] : [`A key for this run: ${key}`, '']
  return ['', `Interlingua gateway at ${url}`, who, '', ...keyLine, ...curl, '', ''].join('\n')
}
