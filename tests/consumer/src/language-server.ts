import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import type { Compiler } from './compiler.ts'
import type { Hover } from './hover.ts'

/** A message of either side, with what is read of it here. */
interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly result?: { readonly contents?: { readonly value: string } } | null
  readonly error?: { readonly message: string }
}

/** Hovers over names of a file in an editor that speaks to TypeScript by the language server protocol. */
export async function hoverByServer(
  { tsc }: Compiler,
  path: string,
  text: string,
  offsets: readonly number[],
): Promise<Hover[]> {
  const server = spawn(process.execPath, [tsc, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const pending = new Map<unknown, PromiseWithResolvers<Message>>()
  const fail = (): void => {
    for (const { reject } of pending.values()) reject(new Error('the language server has ended'))
  }
  server.once('exit', fail).once('error', fail)

  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  const request = async (method: string, params: object): Promise<Message> => {
    const id = pending.size + 1
    const answer = Promise.withResolvers<Message>()
    pending.set(id, answer)
    send({ id, method, params })
    const message = await answer.promise
    if (message.error) throw new Error(`${method}: ${message.error.message}`)
    return message
  }
  readMessages(server.stdout, (message) => {
    if (message.method === undefined) pending.get(message.id)?.resolve(message)
    // The server asks something of the editor, which has no settings and no opinions.
    else if (message.id !== undefined) send({ id: message.id, result: null })
  })

  try {
    const capabilities = { textDocument: { hover: { contentFormat: ['markdown'] } } }
    await request('initialize', { processId: process.pid, rootUri: null, capabilities })
    const uri = pathToFileURL(path).href
    send({ method: 'initialized', params: {} })
    send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'typescript', version: 1, text } },
    })
    return await Promise.all(
      offsets.map(async (offset) => {
        const before = text.slice(0, offset).split('\n')
        const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
        const { result } = await request('textDocument/hover', { textDocument: { uri }, position })
        // The type is in a fence; the documentation follows.
        return /^```\w*\n(.*?)\n```/s.exec(result?.contents?.value ?? '')?.[1]
      }),
    )
  } finally {
    server.off('exit', fail).kill()
  }
}

function readMessages(stdout: NodeJS.ReadableStream, receive: (message: Message) => void): void {
  let buffer = Buffer.alloc(0)
  stdout.on('data', (bytes: Buffer) => {
    buffer = Buffer.concat([buffer, bytes])
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n')
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, Math.max(end, 0)))?.[1])
      if (end < 0 || buffer.length < end + 4 + length) return
      receive(JSON.parse(buffer.toString('utf8', end + 4, end + 4 + length)) as Message)
      buffer = buffer.subarray(end + 4 + length)
    }
  })
}
