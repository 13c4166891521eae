import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createSimulator } from '@interlingua/simulator'
import { expect, onTestFinished, test } from 'vitest'
import { newPath } from './folder.ts'

const run = promisify(execFile)
const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url))

/** Starts the program, and gives its address and how to stop it. */
async function start(...args: string[]): Promise<{ url: string; stop: () => Promise<number | null> }> {
  const child = spawn(process.execPath, [bin, ...args, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const closed = once(child, 'close')
  const [line]: unknown[] = await once(child.stdout, 'data')
  return {
    url: / on (http:\S+)/.exec(String(line))?.[1] ?? '',
    stop: async () => {
      child.kill('SIGINT')
      const [code]: unknown[] = await closed
      return typeof code === 'number' ? code : null
    },
  }
}

test('the program records what goes through it, and replays it without the network', async () => {
  const path = await newPath()
  const server = await createSimulator().listen()
  const ask = async (url: string, text: string): Promise<string> => {
    const body = JSON.stringify({ model: 'command-a-03-2025', messages: [{ role: 'user', content: text }] })
    const headers = { authorization: 'Bearer a-key-of-mine', 'content-type': 'application/json' }
    return (await fetch(`${url}/v2/chat`, { method: 'POST', headers, body })).text()
  }
  const recording = await start(path, '--upstream', server.url, '--mode', 'record')
  const said = await ask(recording.url, 'Who wrote Dune?')
  expect(said).toContain('Frank Herbert')
  expect(await recording.stop()).toBe(0)
  expect(await readFile(path, 'utf8')).not.toContain('a-key-of-mine')
  await server.close()
  const replaying = await start(path, '--upstream', server.url)
  expect([await ask(replaying.url, 'Who wrote Dune?'), await ask(replaying.url, 'Who wrote Dune?')]).toEqual([
    said,
    said,
  ])
  expect(await replaying.stop()).toBe(0)
  const missing = await start(path, '--upstream', server.url)
  expect(await ask(missing.url, 'Who wrote Emma?')).toContain('No recording of POST')
  expect(await missing.stop()).toBe(1)
})

test('the program tells what is wrong with how it was called', async () => {
  const problem = async (...args: string[]): Promise<string> =>
    run(process.execPath, [bin, ...args]).then(
      () => 'nothing',
      ({ stderr }: { stderr: string }) => stderr,
    )
  expect(await problem()).toContain('name one file')
  expect(await problem('a.json')).toContain('--upstream has to be a URL')
  expect(await problem('a.json', '--upstream', 'https://a.b', '--mode', 'rewind')).toContain('--mode rewind is no mode')
  expect((await run(process.execPath, [bin, '--help'])).stdout).toContain('Usage: interlingua-cassette <file.json>')
})

test('it serves the tests of node:test', async () => {
  const path = await newPath()
  const source = (mode: string): string =>
    `
    import assert from 'node:assert'
    import test from 'node:test'
    import { openCassette } from ${JSON.stringify(join(import.meta.dirname, '../src/index.ts'))}
    test('asks', async (context) => {
      const cassette = await openCassette(${JSON.stringify(path)}, { mode: '${mode}', fetch: async () => new Response('yes') })
      context.after(() => cassette.close())
      assert.equal(await (await cassette.fetch('https://example.com/${mode === 'miss' ? 'other' : ''}')).text(), 'yes')
    })`.replace("'miss'", "'replay'")
  const file = join(dirname(dirname(path)), 'asks.test.mjs')
  const outcome = async (mode: string): Promise<unknown> => {
    await writeFile(file, source(mode))
    // The runner of vitest is not to be taken for that of node.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
    return run(process.execPath, ['--test', file], { env }).then(
      () => 'passed',
      ({ stdout }: { stdout: string }) => stdout,
    )
  }
  expect(await outcome('record')).toBe('passed')
  expect(await outcome('replay')).toBe('passed')
  expect(await outcome('miss')).toContain('No recording of GET https://example.com/other')
})
