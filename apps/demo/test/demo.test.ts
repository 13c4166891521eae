import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

interface Ended {
  readonly code: number
  readonly out: string
  readonly error: string
}

/** Runs the demo as a user does, with these variables and no keys besides. */
function demo(args: readonly string[], variables: Record<string, string> = {}): Promise<Ended> {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  return new Promise((resolve) => {
    const options = { env: { PATH, NODE_COMPILE_CACHE, NO_COLOR: '1', ...variables } }
    execFile(process.execPath, ['--conditions=@interlingua/source', main, ...args], options, (failed, out, error) => {
      resolve({ code: typeof failed?.code === 'number' ? failed.code : failed ? 1 : 0, out, error })
    })
  })
}

describe('without a key', () => {
  test('the same call is answered for Cohere and for OpenAI, and it is said by whom', async () => {
    const { code, out, error } = await demo([])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    const [cohere = '', openai = ''] = out.split(/(?=Answering: .*OpenAI)/)
    expect(cohere).toMatch(/^Answering: a local simulator of Cohere .*no language model/)
    expect(openai).toMatch(/^Answering: a local simulator of OpenAI .*no language model/)
    for (const answer of [cohere, openai]) expect(answer).toMatch(/finish reason +stop/)
    expect(cohere).toContain('command-a-03-2025')
    expect(openai).toContain('gpt-4o-mini')
  })

  test.each(['openai', 'groq', 'mistral', 'ollama'])('--provider %s', async (provider) => {
    const { code, out } = await demo(['--provider', provider, 'Who', 'wrote', 'Dune?'])
    expect(code).toBe(0)
    expect(out).toContain('Frank Herbert')
    expect(out.match(/Answering:/g)).toHaveLength(1)
  })

  test('--model alone is one of Cohere’s', async () => {
    const { out } = await demo(['--model', 'command-r7b-12-2024', 'Who wrote Dune?'])
    expect(out).toMatch(/Cohere[\s\S]*Frank Herbert[\s\S]*command-r7b-12-2024/)
  })
})

test('with an address the server there answers, without a key', async () => {
  await using server = await createSimulator().listen()
  const { code, out } = await demo(['--provider', 'ollama', '--base-url', `${server.url}/ollama/v1`, 'Who wrote Dune?'])
  expect(code).toBe(0)
  expect(out).toContain(`Answering: Ollama at ${server.url}/ollama/v1.`)
  expect(out).toContain('Frank Herbert')
})

test('with a key in the environment the provider itself answers', async () => {
  await using server = await createSimulator().listen()
  const args = ['--provider', 'openai', '--base-url', `${server.url}/v1`, 'Who wrote Dune?']
  const { out } = await demo(args, { OPENAI_API_KEY: 'secret-key' })
  expect(out).toContain('with the key in OPENAI_API_KEY')
  expect(out).not.toContain('secret-key')
  expect((await demo(args, { OPENAI_API_KEY: 'invalid' })).error).toContain('Check the API key.')
})

test('what is wrong is said, and nothing is thrown at the user', async () => {
  const unknown = await demo(['--provider', 'nobody'])
  expect(unknown).toMatchObject({ code: 1, error: expect.stringContaining('There are: cohere, openai') })
  const unsimulated = await demo(['--provider', 'together', '--model', 'any'])
  expect(unsimulated.error).toContain('TOGETHER_API_KEY')
  const flag = await demo(['--colour'])
  expect(flag.error).toContain('npm run demo')
  for (const { error } of [unknown, unsimulated, flag]) expect(error).not.toContain('    at ')
})
