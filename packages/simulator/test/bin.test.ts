import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { ask, post, reasonOf, textOf } from './client.ts'

const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url))
const running = new Set<ChildProcess>()

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})

class Run {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  readonly closed: Promise<unknown>

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, ['--conditions=@interlingua/source', bin, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(this.child)
    this.child.stdout?.on('data', (text) => (this.stdout += String(text)))
    this.child.stderr?.on('data', (text) => (this.stderr += String(text)))
    this.closed = once(this.child, 'close')
  }

  /** Waits until the output has what is looked for. */
  async see(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stdout)
      if (match) return match
      if (this.child.exitCode !== null) throw new Error(`ended with ${this.stdout}${this.stderr}`)
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), this.closed])
    }
  }

  async exitCode(): Promise<number | null> {
    await this.closed
    return this.child.exitCode
  }
}

test('it says what it is, serves, logs a line per request, and stops when told to', async () => {
  const run = new Run('--port', '0', '--tokens-per-second', '10000')
  const [, url = ''] = await run.see(/(http:\/\/127\.0\.0\.1:\d+)/)
  await run.see(/without a model/)
  const [, command = ''] = await run.see(/(curl -N [^]*\}')\n/)
  expect(command).toContain(`${url}/v2/chat`)
  const [, json = ''] = /-d '(.*)'/.exec(command) ?? []
  expect((await post(fetch, JSON.parse(json), { url })).status).toBe(200)
  expect(await textOf(await post(fetch, ask('Who wrote Dune?'), { url }))).toContain('Frank Herbert')
  await run.see(/^POST {2}\/v2\/chat {2}200 {2}completed {2}0 events {2}\d+ ms$/m)
  run.child.kill('SIGTERM')
  expect(await run.exitCode()).toBe(0)
  expect(run.stderr).toBe('')
})

test('an open stream does not keep it from stopping', async () => {
  const run = new Run('--port', '0', '--first-token-ms', '3600000', '--quiet')
  const [, url = ''] = await run.see(/(http:\/\/127\.0\.0\.1:\d+)/)
  const response = await post(fetch, ask('x', { stream: true }), { url })
  const broken = reasonOf(response.text())
  run.child.kill('SIGINT')
  expect(await run.exitCode()).toBe(0)
  expect(await broken).toBeInstanceOf(TypeError)
  expect(run.stdout).not.toContain('POST')
})

test('a port in use is one clear line', async () => {
  const first = new Run('--port', '0')
  const [, port = ''] = await first.see(/http:\/\/127\.0\.0\.1:(\d+)/)
  const second = new Run('--port', port)
  expect(await second.exitCode()).toBe(1)
  expect(second.stderr).toBe(`interlingua-simulator: port ${port} is in use; choose another one with --port\n`)
})

test.each([
  [['--port', 'x'], "--port cannot be 'x'"],
  [['--port', '70000'], "--port cannot be '70000'"],
  [['--tokens-per-second', '0'], "--tokens-per-second cannot be '0'"],
  [['--first-token-ms', '-1'], '--first-token-ms'],
  [['--jitter', '2'], "--jitter cannot be '2'"],
  [['--dialect', 'latin'], "--dialect cannot be 'latin'"],
  [['--scripts', '/nowhere'], '/nowhere'],
  [['--nope'], '--nope'],
  [['extra'], 'extra'],
])('%j is one clear line', async (args, word) => {
  const run = new Run(...args)
  expect(await run.exitCode()).toBe(1)
  expect(run.stderr).toMatch(/^interlingua-simulator: [^\n]+\n$/)
  expect(run.stderr).toContain(word)
  expect(run.stdout).toBe('')
})

test('help and version', async () => {
  const [help, version] = [new Run('--help'), new Run('--version')]
  expect(await help.exitCode()).toBe(0)
  for (const flag of [
    '--port',
    '--host',
    '--tokens-per-second',
    '--first-token-ms',
    '--jitter',
    '--dialect',
    '--scripts',
    '--strict',
    '--quiet',
    '--help',
    '--version',
  ]) {
    expect(help.stdout).toContain(flag)
  }
  expect(await version.exitCode()).toBe(0)
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('plain curl gets an answer of a dialect, by a script of a file, and a refusal without one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scripts-'))
  await writeFile(join(folder, 'hello.yaml'), 'when: { text: hello }\ntext: Hi from a file!\n')
  const run = new Run('--port', '0', '--quiet', '--dialect', 'groq', '--scripts', folder, '--strict')
  const [, url = ''] = await run.see(/(http:\/\/127\.0\.0\.1:\d+)/)
  const curl = async (text: string): Promise<string> => {
    const messages = [{ role: 'user', content: text }]
    const args = ['-sS', `${url}/v1/chat/completions`, '-H', 'authorization: Bearer any']
    const data = ['-H', 'content-type: application/json', '-d', JSON.stringify({ model: 'llama', messages })]
    const { stdout } = await promisify(execFile)('curl', [...args, ...data])
    return stdout
  }
  const answered: { choices: { message: { content: string } }[]; x_groq: object } = JSON.parse(
    await curl('Hello there'),
  )
  expect(answered.choices[0]?.message.content).toBe('Hi from a file!')
  expect(answered.x_groq).toBeDefined()
  expect(await curl('Bye')).toContain('wanted \\"hello\\", got \\"Bye\\"')
  await rm(folder, { recursive: true })
})

test('what is wrong with how it was called is told in words', async () => {
  const problem = async (...args: string[]): Promise<string> => {
    const run = new Run(...args)
    await run.closed
    return run.stderr
  }
  expect(await problem('--scripts', 'nowhere')).toBe(
    "interlingua-simulator: --scripts: there is no file or folder 'nowhere'\n",
  )
  expect(await problem('--porrt', '1')).toContain("Unknown option '--porrt'; --help tells what there is")
})
