#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { dialects } from './openai/dialects/all.ts'
import { readScripts } from './read-scripts.ts'
import type { RequestRecord } from './request-record.ts'
import type { Script } from './script.ts'
import { createSimulator, type Simulator } from './simulator.ts'

const names = dialects.map(({ name }) => name)
const usage = `interlingua-simulator: a local server that speaks the APIs of Cohere and OpenAI, and of servers that speak as
OpenAI does. Requests that no script is for are answered by local/extract-1: rules that take what is in the request, and a
catalogue of books. There is no language model in it, it needs no key, and it never calls anyone.

Usage: interlingua-simulator [options]

  --port <number>               port to listen on, 0 for any free one (default 8787)
  --host <address>              address to listen on (default 127.0.0.1)
  --tokens-per-second <number>  how fast it answers (default: as fast as possible)
  --first-token-ms <number>     how long it waits before the first token (default 0)
  --seed <number>               chooses among its own answers (default 0)
  --jitter <number>             how uneven tokens come, from 0 to 1 (default 0)
  --dialect <name>              the server whose ways are followed at OpenAI's paths (default openai):
                                ${names.join(', ')}
  --scripts <path>              a file of scripts, or a folder of them (JSON or YAML)
  --strict                      refuse requests that no script is for
  --quiet                       no line per request
  --help, --version
`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8787' },
      host: { type: 'string', default: '127.0.0.1' },
      'tokens-per-second': { type: 'string', default: 'Infinity' },
      'first-token-ms': { type: 'string', default: '0' },
      jitter: { type: 'string', default: '0' },
      seed: { type: 'string' },
      dialect: { type: 'string' },
      scripts: { type: 'string' },
      strict: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void process.stdout.write(usage)
  if (values.version) return void process.stdout.write(`${version()}\n`)
  const port = numberIn('port', values.port, (value) => Number.isInteger(value) && value >= 0 && value <= 65_535)
  const pace = {
    tokensPerSecond: numberIn('tokens-per-second', values['tokens-per-second'], (value) => value > 0),
    firstTokenMs: numberIn('first-token-ms', values['first-token-ms'], (value) => value >= 0 && value !== Infinity),
    jitter: numberIn('jitter', values.jitter, (value) => value >= 0 && value <= 1),
  }
  const dialect = names.find((name) => name === values.dialect)
  if (values.dialect !== undefined && !dialect)
    throw new TypeError(`--dialect cannot be '${values.dialect}'; there are ${names.join(', ')}`)
  const scripts = values.scripts === undefined ? [] : await scriptsIn(values.scripts)
  const simulator: Simulator = createSimulator({
    pace,
    scripts,
    strict: values.strict,
    ...(values.seed !== undefined && { seed: numberIn('seed', values.seed, Number.isInteger) }),
    ...(dialect && { openai: { dialect } }),
    ...(!values.quiet && { onRequest: (request) => logRequest(request, simulator.unscripted) }),
  })
  const server = await simulator.listen({ port, host: values.host }).catch((error: unknown) => {
    throw new Error(whyNotListening(error, port, values.host), { cause: error })
  })
  process.stdout.write(welcome(server.url))
  const stop = (): void => void server.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function welcome(url: string): string {
  return `Interlingua simulator on ${url}: the APIs of Cohere and OpenAI, answered from the request and a catalogue of books,
without a model. Base URLs: ${url} for Cohere, ${url}/v1 for OpenAI, ${url}/groq/v1 and the like for others.
Any API key will do. Try:

curl -N ${url}/v2/chat -H 'authorization: Bearer any' -H 'content-type: application/json' \\
  -d '{"model":"command-a-03-2025","stream":true,"messages":[{"role":"user","content":"Recommend a fantasy book"}]}'

`
}

async function scriptsIn(path: string): Promise<readonly Script[]> {
  if (!existsSync(path)) throw new TypeError(`--scripts: there is no file or folder '${path}'`)
  return readScripts(path)
}

function logRequest(request: RequestRecord, unscripted: readonly string[]): void {
  const before = unscripted.length
  const start = performance.now()
  const log = (ending: string): void => {
    const took = `${Math.round(performance.now() - start)} ms`
    const parts = [request.method, request.path, request.status ?? '-', ending, `${request.eventsSent} events`, took]
    // Who asked may not show why it was refused.
    const why = unscripted.slice(before, before + 1).map((message) => `  ${message}\n`)
    process.stdout.write(`${parts.join('  ')}\n${why.join('')}`)
  }
  void request.finished.then(log)
}

function numberIn(flag: string, text: string, allowed: (value: number) => boolean): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (!allowed(value)) throw new TypeError(`--${flag} cannot be '${text}'`)
  return value
}

function whyNotListening(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `port ${port} is in use; choose another one with --port`
  return `cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return known ? String(manifest.version) : 'unknown'
}

try {
  await main()
} catch (error) {
  const why = error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error)
  const help = error instanceof TypeError && 'code' in error ? '; --help tells what there is' : ''
  process.stderr.write(`interlingua-simulator: ${why}${help}\n`)
  process.exitCode = 1
}
