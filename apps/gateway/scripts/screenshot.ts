/**
 * Draws what one sees in a terminal: the gateway starts, and `curl` asks it in OpenAI's protocol for a model of Cohere's.
 * Needs `curl` and Chromium. Writes `screenshot.png` beside the README.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const run = promisify(execFile)
const port = '18787'
const key = /ilg_[\w-]+/g

const style = `
  body { margin: 0; background: #f6f5f2; }
  main { margin: 24px; padding: 24px 28px; border-radius: 10px; background: #1c1d22; color: #d8dae0;
    font: 13.5px/1.55 'DejaVu Sans Mono', monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
  .typed { color: #8fb3ff; margin-top: 0.8em; }
  .typed:first-child { margin-top: 0; }
`

const gateway = spawn(
  process.execPath,
  ['--conditions=@interlingua/source', join(import.meta.dirname, '../src/main.ts'), '--simulate', '--port', port],
  { stdio: ['ignore', 'pipe', 'pipe'] },
)
try {
  const banner: string[] = []
  let secret: string | undefined
  for await (const line of createInterface({ input: gateway.stderr })) {
    if (!line.startsWith('{')) banner.push(line)
    secret ??= line.match(key)?.[0]
    if (line.includes('"messages"')) break
  }
  const body = '{"model":"cohere/command-a-03-2025","messages":[{"role":"user","content":"Recommend a fantasy book"}]}'
  const url = `http://127.0.0.1:${port}/v1/chat/completions`
  const headers = ['-H', 'content-type: application/json', '-H', `authorization: Bearer ${secret}`]
  const { stdout } = await run('curl', ['-s', url, ...headers, '-d', body])
  const answer = JSON.stringify(JSON.parse(stdout), undefined, 2)
  const asked = `$ curl ${url} -H 'authorization: Bearer ${secret}' -d '${body}'`
  const text = ['$ npm run gateway', ...banner, asked, answer].join('\n').replaceAll(key, 'ilg_…')
  await draw(text)
} finally {
  gateway.kill()
}

async function draw(text: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-screenshot-'))
  try {
    const page = join(folder, 'terminal.html')
    const lines = text
      .split('\n')
      .map((line) => `<div class="${line.startsWith('$') ? 'typed' : ''}">${escaped(line)}</div>`)
    await writeFile(page, `<meta charset="utf-8"><style>${style}</style><main>${lines.join('')}</main>`)
    const switches =
      '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking'
    const more = ['--disable-component-update', '--disable-sync', '--hide-scrollbars', '--window-size=1100,1180']
    const target = join(import.meta.dirname, '../screenshot.png')
    await run('chromium', [...switches.split(' '), ...more, `--screenshot=${target}`, `file://${page}`])
  } finally {
    await rm(folder, { recursive: true })
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') || '&nbsp;'
}
