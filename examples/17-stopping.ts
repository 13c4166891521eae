// Stopping a stream closes the connection, and what had arrived stays.
import { defineCall, isInterlinguaError } from '@interlingua/core'
import { connect } from './connect.ts'

const counting = {
  *[Symbol.iterator](): Generator<string> {
    for (let number = 1; ; number++) yield `${number} `
  },
}
await using connection = await connect({ scripts: [{ deltas: counting, chunking: 'event' }] })

const count = defineCall({ model: connection.cohere('command-a-03-2025'), prompt: () => 'Count, and never stop' })

// Leaving the loop is enough.
const left = count.stream()
for await (const [chunk] of left) if (chunk.content.includes('3')) break
console.log(left.partial.content)

// A signal does the same from outside.
const stop = new AbortController()
const stopped = count.with({ signal: stop.signal }).stream()
try {
  for await (const text of stopped.text()) if (text.includes('5')) stop.abort()
} catch (error) {
  if (!isInterlinguaError(error)) throw error
  console.log(error.code, error.partial?.content.startsWith('1 2 3 4 5'))
}
