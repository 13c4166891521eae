/** Runs one suite in every runtime that this machine has or can get, and names what was skipped. */
import { createSimulator } from '@interlingua/simulator'
import { runtimes } from './runtime.ts'
import { scripted } from './suite.ts'

/** The beginning of an answer. */
const begun = [
  { type: 'message-start', id: 'x', delta: { message: { role: 'assistant' } } },
  { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
  { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Read' } } } },
]
  .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  .join('')

const modelOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, 'model') : undefined

let failed = false
for (const { name, runSuite } of runtimes) {
  const simulator = createSimulator({
    script: ({ body }) => {
      const model = modelOf(body)
      const type = { 'content-type': 'text/event-stream' }
      if (model === scripted.open) return { headers: type, body: begun, holdOpen: true }
      return model === scripted.truncated ? { headers: type, body: begun } : undefined
    },
  })
  await using server = await simulator.listen()
  try {
    const results = await runSuite(server.url)
    if (typeof results === 'string') {
      console.log(`${name}: skipped, ${results}`)
      continue
    }
    const problems = results.filter(({ problem }) => problem !== undefined && problem !== null)
    // The server has to have seen that a break and an abort closed the connection.
    const stopped = simulator.requests.filter(({ body }) => modelOf(body) === scripted.open)
    await Promise.race([
      Promise.all(stopped.map(({ finished }) => finished)),
      new Promise((resolve) => setTimeout(resolve, 3_000)),
    ])
    const open = stopped.filter(({ ended }) => ended === undefined).length
    console.log(
      `${name}: ${results.length - problems.length} of ${results.length} pass${open > 0 ? `, ${open} connections are still open` : ''}`,
    )
    for (const { name: which, problem } of problems) console.log(`  ${which}: ${problem}`)
    failed ||= problems.length > 0 || open > 0 || stopped.length !== 2
  } catch (error) {
    failed = true
    const message = error instanceof Error ? error.message : String(error)
    console.log(`${name}: failed to run\n${message.trim().replaceAll(/^/gm, '    ')}`)
  }
}
process.exitCode = failed ? 1 : 0
