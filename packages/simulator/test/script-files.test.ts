import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, loadScripts } from '../src/index.ts'
import { ask, post, reasonOf, textOf } from './client.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scripts-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function load(name: string, text: string): Promise<unknown> {
  await writeFile(join(folder, name), text)
  try {
    return await loadScripts(join(folder, name))
  } finally {
    await rm(join(folder, name))
  }
}

test('a folder is read in the order of its names, JSON and YAML', async () => {
  const stream = 'data: {"a":1}\n\ndata: [DONE]\n\n'
  await writeFile(join(folder, 'recorded.sse'), stream)
  await writeFile(
    join(folder, '1.json'),
    JSON.stringify([
      { times: 1, text: 'one' },
      { times: 1, body: { message: 'two' } },
    ]),
  )
  await writeFile(
    join(folder, '2.yaml'),
    'scripts:\n  - when: { path: /v2/chat, text: three }\n    text: three!\n  - bodyFile: recorded.sse\n',
  )
  const { fetch } = createSimulator({ scripts: await loadScripts(folder) })
  expect(await textOf(await post(fetch, ask('x')))).toBe('one')
  expect(await (await post(fetch, ask('x'))).text()).toBe('{"message":"two"}')
  expect(await textOf(await post(fetch, ask('Is it Three?')))).toBe('three!')
  expect(await (await post(fetch, ask('x', { stream: true }))).text()).toBe(stream)
  for (const name of ['recorded.sse', '1.json', '2.yaml']) await rm(join(folder, name))
})

test.each([
  ['a.json', '{"txt":"x"}', /a\.json: txt is not known; there are .*text/],
  ['a.json', '[{"text":1}]', /a\.json: \[0\]\.text has to be string/],
  ['a.json', '{"scripts":[{"when":{"tex":"x"}}]}', /scripts\[0\]\.when\.tex is not known/],
  ['a.json', '{"error":{"status":429}}', /error\.message is missing/],
  ['a.json', '{"chunking":"slow"}', /chunking/],
  ['a.json', '{', /a\.json: .*JSON/],
  ['a.yaml', 'text: [', /a\.yaml: /],
  ['a.yml', '3', /a\.yml: it has to be/],
])('%s with %s is refused, with the place', async (name, text, message) => {
  const error = await reasonOf(load(name, text))
  expect(error).toBeInstanceOf(TypeError)
  expect(String(error)).toMatch(message)
})

test('the schema knows every field of a script that can be written down', async () => {
  const schema: { $defs: { script: { properties: object } } } = JSON.parse(
    await readFile(new URL('../script.schema.json', import.meta.url), 'utf8'),
  )
  const sources = await Promise.all(
    ['script', 'fault'].map((name) => readFile(new URL(`../src/${name}.ts`, import.meta.url), 'utf8')),
  )
  const bodies = sources.map(
    (source) => /export interface (?:Fault)?Script .*?\{([\s\S]*?)\n\}/.exec(source)?.[1] ?? '',
  )
  const fields = [...bodies.join('\n').matchAll(/^ {2}readonly (\w+)\?:/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'match')
  expect(fields.length).toBeGreaterThan(15)
  const known = Object.keys(schema.$defs.script.properties).filter((name) => !['$schema', 'bodyFile'].includes(name))
  expect(known.toSorted()).toEqual(fields.toSorted())
})
