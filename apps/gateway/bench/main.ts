import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKey } from '../src/caller-key.ts'
import { Child } from './child.ts'

/** Who is asked, and how. */
interface Contestant {
  readonly name: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What stands before a model's name. */
  readonly prefix: string
  /** The process whose work is measured; none where the backend is asked directly. */
  readonly child?: Child
}

const messages = [{ role: 'user', content: 'Recommend a fantasy book' }]
const rounds = 9
const streams = 1_000

const chat = (url: string): string => `${url}/v1/chat/completions`
const here = import.meta.dirname
const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'))
try {
  await main()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function main(): Promise<void> {
  await using backend = await Child.start([join(here, 'backend.ts')], /listening on (\S+)/)
  const { key, hash } = makeKey()
  const config = join(folder, 'gateway.json')
  const providers = { cohere: { baseURL: backend.url }, openai: { baseURL: `${backend.url}/v1` } }
  writeFileSync(
    config,
    JSON.stringify({
      server: { port: 0 },
      providers,
      keys: [{ name: 'bench', hash }],
      log: { file: join(folder, 'log.sqlite') },
    }),
  )
  const program = join(here, '..', 'src', 'main.ts')
  const keys = { OPENAI_API_KEY: 'any', CO_API_KEY: 'any' }
  await using gateway = await Child.start(
    ['--conditions=@interlingua/source', program, '--config', config],
    /gateway at (\S+)/,
    keys,
  )
  await using portkey = await startPortkey()

  const own = { authorization: `Bearer ${key}` }
  const others = portkey
    ? [
        {
          name: 'Portkey, OpenAI to OpenAI',
          url: chat(portkey.url),
          headers: portkeyHeaders('openai', `${backend.url}/v1`),
          prefix: '',
          child: portkey,
        },
        {
          name: 'Portkey, OpenAI to Cohere',
          url: chat(portkey.url),
          headers: portkeyHeaders('cohere', backend.url),
          prefix: '',
          child: portkey,
        },
      ]
    : []
  const all: Contestant[] = [
    { name: 'directly', url: chat(backend.url), headers: {}, prefix: '' },
    { name: 'Interlingua, OpenAI to OpenAI', url: chat(gateway.url), headers: own, prefix: 'openai/', child: gateway },
    { name: 'Interlingua, OpenAI to Cohere', url: chat(gateway.url), headers: own, prefix: 'cohere/', child: gateway },
    {
      name: 'Interlingua, Cohere to Cohere',
      url: `${gateway.url}/v2/chat`,
      headers: own,
      prefix: 'cohere/',
      child: gateway,
    },
    {
      name: 'Interlingua, Cohere to OpenAI',
      url: `${gateway.url}/v2/chat`,
      headers: own,
      prefix: 'openai/',
      child: gateway,
    },
    ...others,
  ]
  const contestants: Contestant[] = []
  for (const contestant of all) {
    const problem = await problemOf(contestant)
    if (problem === undefined) contestants.push(contestant)
    else console.log(`${contestant.name} does not answer, and is left out: ${problem}\n`)
  }

  console.log(`Node ${process.version}; medians of ${rounds} rounds, in which all take turns.\n`)
  console.log('| | a whole answer, ms | processor per request, µs | first event, ms | processor per event, µs |')
  console.log('|---|---|---|---|---|')
  const results = new Map<Contestant, Sample[]>(contestants.map((contestant) => [contestant, []]))
  for (let round = 0; round < rounds + 2; round += 1) {
    for (const [contestant, samples] of results) {
      const sample = await measure(contestant)
      // The first rounds warm up.
      if (round >= 2) samples.push(sample)
    }
  }
  for (const [{ name }, samples] of results) {
    const [whole, perRequest, first, perEvent] = (['whole', 'perRequest', 'first', 'perEvent'] as const).map((field) =>
      median(samples.map((sample) => sample[field])),
    )
    console.log(
      `| ${name} | ${whole?.toFixed(2)} | ${perRequest?.toFixed(0)} | ${first?.toFixed(2)} | ${perEvent?.toFixed(1)} |`,
    )
  }
  console.log(`\n| ${streams} streams at once | memory before, MB | at most | after | whole |\n|---|---|---|---|---|`)
  for (const contestant of contestants) {
    if (!contestant.child || !contestant.name.endsWith('to Cohere')) continue
    // Again and again: what stays is what grows.
    for (let time = 0; time < 3; time += 1) await crowd(contestant, contestant.child)
  }
}

interface Sample {
  readonly whole: number
  readonly perRequest: number
  readonly first: number
  readonly perEvent: number
}

async function measure(contestant: Contestant): Promise<Sample> {
  const { child } = contestant
  const requests = 150
  const times: number[] = []
  let cpu = child?.cpuMicros ?? 0
  for (let request = 0; request < requests; request += 1) {
    const began = performance.now()
    await (await post(contestant, 'any', false)).text()
    times.push(performance.now() - began)
  }
  const perRequest = ((child?.cpuMicros ?? 0) - cpu) / requests
  cpu = child?.cpuMicros ?? 0
  const events = 20_000
  const began = performance.now()
  const response = await post(contestant, `events-${events}`, true)
  const reader = response.body?.getReader()
  await reader?.read()
  const first = performance.now() - began
  while (!(await reader?.read())?.done);
  const perEvent = ((child?.cpuMicros ?? 0) - cpu) / events
  return { whole: median(times), perRequest, first, perEvent }
}

/** Many streams at once, each of 60 events over six seconds. */
async function crowd(contestant: Contestant, child: Child): Promise<void> {
  const before = child.residentMegabytes
  let [most, whole] = [before, 0]
  const watch = setInterval(() => {
    most = Math.max(most, child.residentMegabytes)
  }, 50)
  const one = async (): Promise<void> => {
    try {
      const text = await (await post(contestant, 'events-60-pace-100', true)).text()
      if ((text.match(/ word/g) ?? []).length === 60) whole += 1
    } catch {
      // It is not whole, which is counted.
    }
  }
  await Promise.all(Array.from({ length: streams }, one))
  clearInterval(watch)
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  const after = child.residentMegabytes
  console.log(`| ${contestant.name} | ${before.toFixed(0)} | ${most.toFixed(0)} | ${after.toFixed(0)} | ${whole} |`)
}

/** Why somebody cannot take part. */
async function problemOf(contestant: Contestant): Promise<string | undefined> {
  const text = await (await post(contestant, 'events-3', true)).text()
  return (text.match(/ word/g) ?? []).length === 3 ? undefined : text.slice(0, 200)
}

function post({ url, headers, prefix }: Contestant, model: string, stream: boolean): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: `${prefix}${model}`, stream, messages }),
  })
}

/** Portkey's gateway, installed on demand; without it its rows are left out. */
async function startPortkey(): Promise<Child | undefined> {
  const pnpm = join(here, '..', '..', '..', 'node_modules', '.bin', 'pnpm')
  const { status } = spawnSync(pnpm, ['install', '--ignore-workspace', '--frozen-lockfile', '--ignore-scripts'], {
    cwd: here,
  })
  if (status !== 0) {
    console.log('@portkey-ai/gateway cannot be installed here, and is left out.\n')
    return undefined
  }
  const port = 18_787
  const file = join(here, 'node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js')
  const environment = { TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' }
  return Child.start([file, `--port=${port}`, '--headless'], `http://127.0.0.1:${port}`, environment)
}

function portkeyHeaders(provider: string, host: string): Record<string, string> {
  return { authorization: 'Bearer any', 'x-portkey-provider': provider, 'x-portkey-custom-host': host }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
