import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'
import { promisify } from 'node:util'
import { openCassette } from '@interlingua/cassette'
import { createCohere } from '@interlingua/cohere'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportProgram } from '../src/program.ts'
import { literal } from '../src/program-literal.ts'
import type { RunRequest } from '../src/protocol.ts'
import { startPlayground } from '../src/server/server.ts'
import { newLane, noFault } from '../src/setup.ts'
import { setups } from '../src/page/example-setups.ts'
import { firstMessages, runRequest } from '../src/run-request.ts'
import { fastSetup, recordOf, recordsOf, requestOf } from './run-request.ts'

const run = promisify(execFile)
const app = join(import.meta.dirname, '..')
let folder: string

// Inside the app, where programs find the packages.
beforeAll(async () => {
  await mkdir(join(app, 'dist'), { recursive: true })
  folder = await mkdtemp(join(app, 'dist', 'program-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function outputOf(name: string, program: string): Promise<string> {
  const path = join(folder, `${name}.ts`)
  await writeFile(path, program)
  const { stdout } = await run(process.execPath, ['--conditions=@interlingua/source', path], { timeout: 20_000 })
  return stdout
}

/** The setups that people begin with, and one with a bit of everything, as fast as they can be. */
const programs = new Map(
  [
    ...setups,
    {
      name: 'All parameters',
      setup: {
        ...fastSetup,
        system: 'Answer in one sentence, as the house\'s librarian.\n"Please."',
        prompt: 'Recommend a mystery novel — with a \\ and a `quote` and ${nothing}.',
        images: ['https://example.com/cat.png'],
        params: { temperature: 0.2, maxTokens: 200, topP: 0.9, stop: ['END'], toolChoice: 'auto' as const },
        lanes: [
          newLane({ provider: 'openai-chat', model: 'gpt-4.1-mini' }),
          { ...newLane({ provider: 'cohere-v1', model: 'command-r7b-12-2024' }), extra: '{ "safetyMode": "STRICT" }' },
          newLane({ provider: 'vllm', model: 'Qwen/Qwen3-8B' }),
        ],
      },
    },
  ].map(({ name, setup }) => {
    const fast = { ...setup, pace: fastSetup.pace }
    // A stall takes as long as it takes.
    const lanes = fast.lanes.filter(({ fault }) => fault.kind !== 'stall')
    const requests = lanes.map((lane, index): [string, RunRequest] => [
      'ABCD'.charAt(index),
      runRequest(fast, lane, firstMessages(fast)),
    ])
    return [name.replaceAll(/\W+/g, '-').toLowerCase(), exportProgram(new Map(requests))] as const
  }),
)

describe.concurrent('an exported program', () => {
  test.each(['documents-and-citations', 'tools', 'an-answer-in-json', 'all-parameters'])('runs: %s', async (name) => {
    const output = await outputOf(name, programs.get(name) ?? '')
    expect(output).toMatch(/^\nA: /)
    expect(output).toContain('finishReason')
  })

  test('is free of type errors', async () => {
    for (const [name, program] of programs) await writeFile(join(folder, `${name}.ts`), program)
    const config = {
      extends: '../../../../tsconfig.base.json',
      compilerOptions: { isolatedDeclarations: false, declaration: false },
      include: ['.'],
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(app, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc')
    const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch((error: { stdout: string }) => error)
    expect(stdout).toBe('')
  })

  test('says what the playground was told', async () => {
    await using playground = await startPlayground({ port: 0, environment: {} })
    const request = requestOf({ prompt: 'Who wrote Dune?' })
    const { result } = recordOf(await recordsOf(playground.url, request), 'end')
    const [, answer] = result.messages
    const said = answer?.role === 'assistant' && typeof answer.content !== 'string' ? answer.content : []
    const [part] = said
    expect(part?.type).toBe('text')
    const output = await outputOf('same', exportProgram(new Map([['A', request]])))
    expect(output).toContain(part?.type === 'text' ? part.text : 'a text')
  })

  test('tries again, and hands off', async () => {
    const fault = { ...noFault, kind: 'overloaded' as const }
    const requests = [
      requestOf({}, { fault, recovery: 'retry' }),
      requestOf({}, { fault: { ...fault, kind: 'cut', afterBytes: 2000 }, recovery: 'fallback' }),
      requestOf({}, { fault }),
    ]
    const output = await outputOf(
      'faults',
      exportProgram(new Map(requests.map((each, index) => ['ABC'.charAt(index), each]))),
    )
    expect(output).toContain('failed_attempt')
    expect(output).toContain('(another model takes over)')
    expect(output).toMatch(/C: cohere.*overloaded: /s)
  })

  test('asks the provider itself where that answered, and holds no key', () => {
    const program = exportProgram(new Map([['A', requestOf({}, { answering: 'provider' })]]))
    expect(program).toContain("createCohere()('command-a-03-2025')")
    expect(program).not.toMatch(/simulator|apiKey/)
  })
})

test('a literal means its value', () => {
  // Backslashes in names are left out: Node 26.10's JSON.parse, which is not at stake here, mangles some of them.
  const name = fc.string().filter((text) => !text.includes('\\'))
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), name, (value, key) => {
      const wrapped = { [key]: value }
      const read: unknown = runInThisContext(`(${literal(wrapped)})`)
      expect(read).toEqual(JSON.parse(JSON.stringify(wrapped)))
    }),
    { numRuns: 50 },
  )
})

test('a cassette of the run replays it', async () => {
  await using playground = await startPlayground({ port: 0, environment: {} })
  const fault = { ...noFault, kind: 'overloaded' as const }
  const records = await recordsOf(
    playground.url,
    requestOf({ prompt: 'Who wrote Dune?' }, { fault, recovery: 'retry' }),
  )
  const { run: id } = recordOf(records, 'begin')
  const response = await fetch(`${playground.url}/api/cassette?runs=${id}`)
  const path = join(folder, 'run.cassette.json')
  await writeFile(path, await response.text())
  await using cassette = await openCassette(path, { mode: 'replay' })
  const model = createCohere({ apiKey: 'any', fetch: cassette.fetch })('command-a-03-2025')
  const stream = model.stream('Who wrote Dune?', { retry: { attempts: 3, wait: () => Promise.resolve() } })
  const replayed = await stream.response()
  expect(replayed.content).toContain('Frank Herbert')
  expect(replayed.id).toBe(recordOf(records, 'end').result.id)
  expect(replayed.warnings).toMatchObject([{ code: 'failed_attempt' }])
})
