import { spawn } from 'node:child_process'
import { platform } from 'node:process'
import { parseArgs } from 'node:util'
import { startPlayground } from './server.ts'

const help = `Providers side by side, in the browser.

  npm run playground
  npm run playground -- --port 5000 --open

  --port <number>   default 4141; 0 for any free port
  --open            opens the page in the browser
  --help

Keys are read from the environment: CO_API_KEY or COHERE_API_KEY, OPENAI_API_KEY, GROQ_API_KEY and so on. Without a key
a simulator answers in the provider's place.`

const { values } = parseArgs({
  options: { port: { type: 'string' }, open: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
})

if (values.help) {
  console.log(help)
} else {
  try {
    const playground = await startPlayground(values.port === undefined ? {} : { port: Number(values.port) })
    console.log(`The playground is at ${playground.url}\nCtrl+C stops it.`)
    if (values.open) open(playground.url)
    process.once('SIGINT', () => void playground.close())
    process.once('SIGTERM', () => void playground.close())
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    console.error(isTaken ? 'The port is in use: choose another one with --port 0.' : error)
    process.exitCode = 1
  }
}

function open(url: string): void {
  const commands: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer' }
  const command = commands[platform] ?? 'xdg-open'
  // Where there is no browser, the address has been printed.
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
