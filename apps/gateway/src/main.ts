#!/usr/bin/env -S node --conditions=@interlingua/source
import { parseArgs } from 'node:util'
import { createSimulator } from '@interlingua/simulator'
import { makeKey } from './caller-key.ts'
import { ConfigError, readConfig } from './config/read-config.ts'
import type { Config } from './config/schema.ts'
import { startGateway } from './gateway.ts'
import { knownProviders } from './provider.ts'
import { banner } from './banner.ts'

const help = `Any client, any provider: speaks OpenAI and Cohere with callers, and has any model of Interlingua behind it.

  interlingua-gateway --config gateway.yaml     starts it
  interlingua-gateway                           starts it with what is in the environment; without a key, with a simulator
  interlingua-gateway key --name team-a         makes a key for a caller, and what the configuration has of it

  --config <file>    YAML or JSON; apps/gateway/README.md has all that it may say
  --port <number>    default 8080; 0 for any free port
  --host <address>   default 127.0.0.1, which other machines cannot reach
  --simulate         a simulator answers for every provider, whatever keys there are
  --help`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      name: { type: 'string', default: 'my-key' },
      port: { type: 'string' },
      host: { type: 'string' },
      simulate: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const [command = 'start', ...more] = positionals
  if (values.help) return console.log(help)
  if (more.length > 0 || (command !== 'start' && command !== 'key')) {
    throw new ConfigError(`There is no command \`${positionals.join(' ')}\`. See --help.`)
  }
  if (command === 'key') return printKey(values.name)

  const file = values.config === undefined ? {} : readConfig(values.config)
  const { PORT } = process.env
  const port = Number(values.port ?? PORT ?? file.server?.port ?? 8080)
  const host = values.host ?? file.server?.host
  const temporary = file.keys ? undefined : makeKey()
  const config: Config = {
    ...file,
    server: { ...file.server, port, ...(host !== undefined && { host }) },
    keys: file.keys ?? (temporary ? [{ name: 'temporary', hash: temporary.hash }] : []),
  }
  const simulated = values.simulate || (file.providers === undefined && !hasKey())
  const simulator = simulated ? createSimulator({ pace: { firstTokenMs: 150, tokensPerSecond: 60 } }) : undefined
  const gateway = await startGateway(config, {
    environment: process.env,
    simulated,
    fetch: simulator?.fetch,
    write: (line) => process.stdout.write(line),
  })
  process.stderr.write(banner({ url: gateway.url, key: temporary?.key, simulated, config }))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void gateway.close().catch(fail))
  }
}

function printKey(name: string): void {
  const { key, hash } = makeKey()
  console.log(`The key, which is shown this once and kept nowhere:\n\n  ${key}\n\nFor \`keys\` in the configuration:\n`)
  console.log(`  - name: ${JSON.stringify(name)}\n    hash: ${hash}`)
}

/** Whether the environment has a key of any provider that is known. */
function hasKey(): boolean {
  return knownProviders({ environment: process.env }).length > 0
}

function fail(error: unknown): void {
  // What is wrong with a configuration is said in words; of anything else the stack helps.
  const known = error instanceof ConfigError || error instanceof TypeError
  console.error(known ? error.message : error)
  process.exitCode = 1
}

await main().catch(fail)
