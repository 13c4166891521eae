import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A server in a process of its own, of which can be told what it consumes. Linux tells it in `/proc`. */
export class Child implements AsyncDisposable {
  readonly url: string
  readonly #process: ChildProcess

  private constructor(url: string, process: ChildProcess) {
    this.url = url
    this.#process = process
  }

  /** Starts a program of Node's, and waits until it has printed its address, or answers at the one that is given. */
  static async start(args: readonly string[], ready: RegExp | string, environment: object = {}): Promise<Child> {
    const child = spawn(process.execPath, args, { env: { ...process.env, ...environment } })
    let output = ''
    const printed = new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (part: Buffer) => {
          if (typeof ready === 'string' || output === 'found') return
          output += part.toString()
          const [, url] = ready.exec(output) ?? []
          if (url === undefined) return
          output = 'found'
          resolve(url)
        })
      }
      child.once('exit', () => reject(new Error(`${args.join(' ')} ended: ${output}`)))
    })
    printed.catch(() => {})
    return new Child(typeof ready === 'string' ? await answering(ready, printed) : await printed, child)
  }

  /** The time that it has kept processors busy, in microseconds. */
  get cpuMicros(): number {
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    // User and system time, in hundredths of a second.
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  }

  /** What it holds in memory, in megabytes. */
  get residentMegabytes(): number {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1024
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => {
      this.#process.once('exit', resolve)
    })
    this.#process.kill('SIGKILL')
    await ended
  }
}

async function answering(url: string, ended: Promise<string>): Promise<string> {
  const answers = async (): Promise<string> => {
    for (;;) {
      try {
        await fetch(url)
        return url
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }
  const never = new Promise<string>((_, reject) =>
    setTimeout(reject, 20_000, new Error(`nobody answers at ${url}`)).unref(),
  )
  return Promise.race([answers(), ended, never])
}
