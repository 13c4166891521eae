import { createNodeFetch } from '@interlingua/core/node'
import { describe, expect, test } from 'vitest'
import { failure } from './failure.ts'
import { servedHttp } from './served.ts'

const fetch = createNodeFetch()

const post = { method: 'POST', body: '{}' }

describe('a redirect', () => {
  const redirecting = (status: number, to: (path: string) => string) =>
    servedHttp((request, response) => {
      if (request.url !== '/end') {
        response.writeHead(status, { location: to(request.url ?? '') }).end('moved')
        return
      }
      let text = ''
      request.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      request.on('end', () =>
        response.end(JSON.stringify([request.method, text, request.headers['authorization'] ?? ''])),
      )
    })
  const init = { ...post, headers: { authorization: 'key' } }

  test.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', '{}'],
    [308, 'POST', '{}'],
  ])('%i is followed as %s', async (status, method, text) => {
    await using server = await redirecting(status, () => '/end')
    const response = await fetch(`${server.url}/begin`, init)
    expect(response).toMatchObject({ redirected: true, url: `${server.url}/end` })
    expect(await response.json()).toEqual([method, text, 'key'])
  })

  test('to another origin goes without the key', async () => {
    await using other = await redirecting(307, () => '/end')
    await using server = await redirecting(307, () => `${other.url}/end`)
    expect(await (await fetch(server.url, init)).json()).toEqual(['POST', '{}', ''])
  })

  test('is shown, or a failure, where it is not to be followed', async () => {
    await using server = await redirecting(307, () => '/end')
    const response = await fetch(server.url, { ...init, redirect: 'manual' })
    expect(response.status).toBe(307)
    expect(await response.text()).toBe('moved')
    await expect(fetch(server.url, { ...init, redirect: 'error' })).rejects.toMatchObject(failure('fetch failed'))
  })

  test('without end is a failure', async () => {
    await using server = await redirecting(307, (path) => `${path}x`)
    await expect(fetch(server.url, init)).rejects.toMatchObject(failure('fetch failed'))
  })
})
