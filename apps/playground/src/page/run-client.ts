import type { RunRecord, RunRequest, ServerState } from '../protocol.ts'

/** The playground's server did not answer. */
export class ServerGone extends Error {
  constructor(cause?: unknown) {
    super('The playground’s server does not answer.', { cause })
  }
}

export async function fetchState(): Promise<ServerState> {
  const response = await reach('/api/state', {})
  if (!response.ok) throw new ServerGone()
  return (await response.json()) as ServerState
}

/** Sends a request, and hands over each record as it comes. */
export async function fetchRun(
  request: RunRequest,
  onRecord: (record: RunRecord) => void,
  signal: AbortSignal,
): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await reach('/api/runs', { method: 'POST', headers, body: JSON.stringify(request), signal })
  if (!response.ok || !response.body) throw new Error(await response.text())
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  let turnBegan = performance.now()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (performance.now() - turnBegan > longestTurnMs) {
          await nextTask()
          turnBegan = performance.now()
          signal.throwIfAborted()
        }
        onRecord(JSON.parse(line) as RunRecord)
      }
    }
  } catch (error) {
    if (signal.aborted) throw error
    throw new ServerGone(error)
  }
}

// One read may bring thousands of lines, and whoever types meanwhile is not to wait for all of them.
const longestTurnMs = 8

function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(undefined)
  })
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ServerGone(error)
  }
}
