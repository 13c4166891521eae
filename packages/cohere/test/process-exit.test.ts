import { execFile } from 'node:child_process'
import type { ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { answer, end, serving, start, streamHead, text } from './serving.ts'

const program = fileURLToPath(new URL('./ending-process.ts', import.meta.url))

const whole = (response: ServerResponse): unknown =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
/** The last event has come, and the socket stays open: the kindest of servers that hold on. */
const held = (response: ServerResponse): unknown => streamHead(response).write(start + text('Read') + end)
const stalling = (response: ServerResponse): unknown => streamHead(response).write(start + text('Read'))
const failing = (response: ServerResponse, index: number): unknown =>
  index === 0 ? response.writeHead(503, { 'retry-after-ms': '1' }).end() : whole(response)
const busy = (response: ServerResponse): unknown => response.writeHead(503, { 'retry-after': '60' }).end()

// The process would stay for ten minutes where a timer did, and for ever where a socket did. The drain of a finished stream
// may take its tenth of a second.
// A Node that reads no TypeScript cannot run the program.
describe.skipIf(!process.features.typescript).each(['built-in', 'node:http'])('over the %s transport', (transport) => {
  test.each([
    ['call', whole, 'answered', 0],
    ['stream', held, 'answered', 1],
    ['break', stalling, 'answered', 0],
    ['abort', stalling, 'aborted', 0],
    ['timeout', () => {}, 'timeout', 0],
    ['retry', failing, 'answered', 0],
    ['abort while it waits', busy, 'aborted', 0],
  ] as const)(
    'a process that has done one %s ends by itself, and leaves no timer',
    async (kind, respond, outcome, timers) => {
      await using server = await serving(respond)
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--conditions', '@interlingua/source', program, kind, server.url, transport],
        { timeout: 30_000 },
      )
      const told = JSON.parse(stdout) as { outcome: string; timers: string[] }
      expect(told.outcome).toBe(outcome)
      expect(told.timers.length).toBeLessThanOrEqual(timers)
    },
    40_000,
  )
})
