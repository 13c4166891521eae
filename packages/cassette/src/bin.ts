#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { openCassette } from './cassette.ts'
import { CassetteMissError } from './miss.ts'
import { type CassetteMode, modeNamed } from './mode.ts'

const help = `interlingua-cassette: a local server that records what goes through it, and replays it without the network.

Usage: interlingua-cassette <file.json> --upstream <url> [options]

  --upstream <url>   whom requests are meant for, such as https://api.cohere.com or https://api.openai.com
  --mode <mode>      replay, record-missing, record, off (default: the variable CASSETTE, else replay)
  --port <number>    port to listen on, 0 for any free one (default 8788)
  --host <address>   address to listen on (default 127.0.0.1)
  --recorded-speed   replay as slowly as it was recorded
  --once             replay each exchange once (default: as often as it is asked for)
  --help

The file is written when it is stopped with Ctrl-C. Keys are never in it.
`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      upstream: { type: 'string' },
      mode: { type: 'string' },
      port: { type: 'string', default: '8788' },
      host: { type: 'string', default: '127.0.0.1' },
      'recorded-speed': { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return void process.stdout.write(help)
  const [path] = positionals
  const { upstream } = values
  if (path === undefined || positionals.length > 1) throw new TypeError('name one file; --help tells more')
  if (upstream === undefined || !URL.canParse(upstream)) throw new TypeError('--upstream has to be a URL')
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new TypeError(`--port cannot be '${values.port}'`)
  const mode: CassetteMode | undefined = values.mode === undefined ? undefined : modeNamed(values.mode, '--mode ')
  const cassette = await openCassette(path, {
    ...(mode && { mode }),
    repeat: !values.once,
    speed: values['recorded-speed'] ? 'recorded' : 'instant',
  })
  const server = await cassette.listen({ upstream, port, host: values.host })
  process.stdout.write(`${cassette.mode} ${path} for ${upstream} on ${server.url}\n`)
  const stop = async (): Promise<void> => {
    await server.close()
    await cassette.close().catch((error: unknown) => {
      if (!(error instanceof CassetteMissError)) throw error
      process.stderr.write(`${error.message}\n`)
      process.exitCode = 1
    })
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
}

try {
  await main()
} catch (error) {
  process.stderr.write(`interlingua-cassette: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
