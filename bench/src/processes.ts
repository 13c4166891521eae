import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Failed, Job, Measured } from './worker.ts'

/** Starts one of our programs, and gives its first message. */
async function start(file: string, args: readonly string[] = []): Promise<{ child: ChildProcess; first: unknown }> {
  const child = fork(join(import.meta.dirname, file), args, { execArgv: ['--expose-gc', '--no-warnings'] })
  return { child, first: await next<unknown>(child) }
}

function next<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      child.off('exit', onExit)
      resolve(message as Message)
    }
    const onExit = (code: number | null): void => {
      child.off('message', onMessage)
      reject(new Error(`The process ended with code ${code}.`))
    }
    child.once('message', onMessage).once('exit', onExit)
  })
}

export interface Server {
  readonly origin: string
  stop(): void
}

export async function startServer(): Promise<Server> {
  const { child, first } = await start('server.ts')
  const { port } = first as { readonly port: number }
  return { origin: `http://127.0.0.1:${port}`, stop: () => void child.kill() }
}

/** A client in its own process. */
export interface Worker {
  /** Measures, for so long. */
  measure(job: Job, limitMs: number): Promise<Measured | Failed>
  stop(): void
}

export async function startWorker(client: string, { origin }: Server): Promise<Worker> {
  const { child } = await start('worker.ts', [client, origin])
  return {
    measure: async (job, limitMs) => {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<Failed>((resolve) => {
        timer = setTimeout(() => resolve({ error: `> ${limitMs / 1000} s` }), limitMs)
      })
      child.send(job)
      const measured = await Promise.race([next<Measured | Failed>(child), late])
      clearTimeout(timer)
      return measured
    },
    stop: () => void child.kill('SIGKILL'),
  }
}
