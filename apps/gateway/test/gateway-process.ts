import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKey } from '../src/caller-key.ts'
import type { Config } from '../src/config/schema.ts'

const main = join(import.meta.dirname, '..', 'src', 'main.ts')

/** What a run of the program printed, and how it ended. */
export interface Ended {
  readonly code: number | null
  readonly output: string
}

/** Runs the program to its end. */
export async function run(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=@interlingua/source', main, ...args])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

/** A folder for a test, which is taken away with it. */
export function scratchFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'gateway-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** A gateway in a process of its own, with a simulator inside. */
export class GatewayProcess implements AsyncDisposable {
  readonly url: string
  readonly key: string
  readonly child: ChildProcess
  readonly ended: Promise<number | null>

  private constructor(url: string, key: string, child: ChildProcess, ended: Promise<number | null>) {
    this.url = url
    this.key = key
    this.child = child
    this.ended = ended
  }

  static async start(
    folder: string,
    config: Config = {},
    key: { key: string; hash: string } = makeKey(),
  ): Promise<GatewayProcess> {
    const file = join(folder, 'gateway.json')
    const keys = [{ name: 'tester', ...config.keys?.[0], hash: key.hash }]
    writeFileSync(file, JSON.stringify({ ...config, keys }))
    const args = ['--conditions=@interlingua/source', main, '--simulate', '--port', '0', '--config', file]
    const child = spawn(process.execPath, args)
    child.stdout.resume()
    const ended = once(child, 'exit').then(([code]) => code as number | null)
    let output = ''
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr.on('data', (part: Buffer) => {
        output += part.toString()
        const [, found] = /gateway at (\S+)/.exec(output) ?? []
        if (found) resolve(found)
      })
      void ended.then(() => reject(new Error(output)))
    })
    return new GatewayProcess(url, key.key, child, ended)
  }

  post(path: string, body: object): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
  }
}
