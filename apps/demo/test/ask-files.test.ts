import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { passagesOf } from '../src/passages.ts'

const main = join(import.meta.dirname, '../src/main.ts')
const run = promisify(execFile)

/** What the demo prints without a key. */
async function demo(args: readonly string[], cwd: string): Promise<string> {
  const env = { ...process.env, INIT_CWD: cwd, CO_API_KEY: '', COHERE_API_KEY: '', NO_COLOR: '1' }
  const { stdout } = await run(process.execPath, ['--conditions=@interlingua/source', main, ...args], { env })
  return stdout
}

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
  return folder
}

const notes = {
  'garden.md': '# Garden\n\nWe plant beans.\n\n## Water\n\nThe tank holds 900 litres. It is filled by rain.\n',
  'house.txt': 'The roof is new.\n\nThe door is green, and the key lies under the third stone.\n',
  'photo.png': 'no text',
}

describe('files', () => {
  test('are searched, reranked and cited with file and line', async () => {
    const folder = await folderOf(notes)
    const out = await demo(['--files', 'garden.md', 'house.txt', 'How many litres does the tank hold?'], folder)
    expect(out).toContain('no language model')
    expect(out).toContain('Search: nearest of 4 passages')
    expect(out).toMatch(/Reranked\n {2}0\.\d+ {2}garden\.md:7 /)
    expect(out).toContain('Answer\nThe tank holds 900 litres. [1]\n')
    expect(out).toContain('Sources\n[1] garden.md:7\n    "The tank holds 900 litres."')
  })

  test('may be a folder, of which texts are read', async () => {
    const out = await demo(['--files', '.', 'Where is the key?'], await folderOf(notes))
    expect(out).toContain('nearest of 4 passages')
    expect(out).toContain('[1] house.txt:3')
  })

  test('are sample notes where none are named', async () => {
    const out = await demo(['--files'], tmpdir())
    expect(out).toContain('What did we decide about the ferry?')
    expect(out).toContain('We decided to repair the ferry at Dock Seven instead of buying a new one. [1]')
  })

  test('that cannot be read are named, and so is what is missing', async () => {
    const folder = await folderOf(notes)
    await expect(demo(['--files', 'gone.md', 'Why?'], folder)).rejects.toMatchObject({
      stderr: `\nThere is no file ${join(folder, 'gone.md')}.\n`,
    })
    await expect(demo(['--files', 'house.txt'], folder)).rejects.toMatchObject({
      stderr: expect.stringMatching(/^\nThe question is missing/),
    })
  })
})

test('a text is cut at empty lines, headings and items of lists', () => {
  const text = '# One\n\nfirst\nline\n\n\n- a\n  more of a\n- b\n## Two ##\nlast\r\n'
  expect(passagesOf(text, 'x.md')).toEqual([
    { id: 'x.md:3', title: 'One', text: 'first line' },
    { id: 'x.md:7', title: 'One', text: 'a more of a' },
    { id: 'x.md:9', title: 'One', text: 'b' },
    { id: 'x.md:11', title: 'Two', text: 'last' },
  ])
})
