import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { createNodeFetch } from '@interlingua/core/node'
import { describe, expect, test } from 'vitest'
import { failure } from './failure.ts'
import { servedHttp } from './served.ts'

const fetch = createNodeFetch()

describe('what is packed', () => {
  const text = 'Grüße '.repeat(10_000)
  const codings = {
    gzip: gzipSync(text),
    'x-gzip': gzipSync(text),
    deflate: deflateSync(text),
    br: brotliCompressSync(text),
  }
  const both = { ...codings, 'deflate, gzip': gzipSync(deflateSync(text)) }

  test.each(Object.entries(both))('%s', async (coding, bytes) => {
    await using server = await servedHttp((_, response) => {
      response.setHeader('content-encoding', coding).end(bytes)
    })
    expect(await (await fetch(server.url)).text()).toBe(text)
  })

  test.each(Object.entries(codings))('%s, cut or garbled, is a failure', async (coding, bytes) => {
    for (const wrong of [bytes.subarray(0, -9), new TextEncoder().encode('garbage')]) {
      await using server = await servedHttp((_, response) => {
        response.setHeader('content-encoding', coding).end(wrong)
      })
      const outcome = fetch(server.url).then((response) => response.text())
      await expect(outcome).rejects.toMatchObject(failure('terminated'))
    }
  })

  test('an unknown packing, and an empty one', async () => {
    await using server = await servedHttp((request, response) => {
      const [, coding = '', body] = (request.url ?? '').split('/')
      response
        .setHeader('content-encoding', coding)
        .setHeader('content-length', body?.length ?? 0)
        .end(body)
    })
    expect(await (await fetch(`${server.url}/x/abc`)).text()).toBe('abc')
    expect(await (await fetch(`${server.url}/gzip`)).text()).toBe('')
  })
})
