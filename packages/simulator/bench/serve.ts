import { createSimulator } from '../src/index.ts'

// A server with one long answer, in a process of its own, so that reading it costs the server nothing.

const [which = '', count = '0'] = process.argv.slice(2)
const word = ' word'

async function ours(): Promise<string> {
  const simulator = createSimulator({ scripts: [{ deltas: Array.from({ length: Number(count) }, () => word) }] })
  return (await simulator.listen()).url
}

async function aimock(): Promise<string> {
  const { LLMock } = await import('@copilotkit/aimock')
  const mock = new LLMock({ port: 0, chunkSize: word.length })
  mock.onMessage(/.*/, { content: word.repeat(Number(count)) })
  await mock.start()
  return mock.url
}

process.stdout.write(`${await (which === 'aimock' ? aimock() : ours())}\n`)
