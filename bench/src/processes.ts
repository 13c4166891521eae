import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Job, Measured } from './worker.ts'

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
  measure(job: Job): Promise<Measured>
  stop(): void
}

export async function startWorker(client: string): Promise<Worker> {
  const { child } = await start('worker.ts', [client])
  return {
    measure: (job) => {
      child.send(job)
      return next(child)
    },
    stop: () => void child.kill(),
  }
}
