import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { Certificate } from './certificate.ts'

/** A server on a free port of 127.0.0.1, with the sockets that came in. */
export interface Served extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly sockets: readonly Socket[]
}

export async function servedHttp(answer: RequestListener, certificate?: Certificate): Promise<Served> {
  return await listening(certificate ? createTlsServer(certificate, answer) : createServer(answer), certificate)
}

/** Answers every request with these bytes, and closes the connection then, or breaks it. */
export async function servedBytes(answer: string, ending: 'end' | 'reset' | 'open' = 'end'): Promise<Served> {
  const server = createTcpServer((socket) => {
    socket.once('data', () => {
      socket.write(answer, () => {
        if (ending === 'end') socket.end()
        if (ending === 'reset') socket.resetAndDestroy()
      })
    })
  })
  return await listening(server)
}

export async function listening(server: Server, certificate?: Certificate): Promise<Served> {
  const sockets: Socket[] = []
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {})
    sockets.push(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens at no port')
  return {
    url: certificate ? `https://localhost:${address.port}` : `http://127.0.0.1:${address.port}`,
    port: address.port,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
