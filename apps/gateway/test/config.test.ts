import { describe, expect, test } from 'vitest'
import { hashOf } from '../src/caller-key.ts'
import { ConfigError, parseConfig } from '../src/config/read-config.ts'
import { startGateway } from '../src/gateway.ts'

const hash = hashOf('any')
const whole = `
server: { port: 0, maxBodyBytes: 1000 }
providers:
  cohere: { apiKeyVariable: CO_API_KEY, timeout: { idleMs: 1000 }, retry: false }
  local: { dialect: llamacpp, baseURL: http://localhost:8080/v1 }
models:
  fast: cohere/command-r7b-12-2024
  safe: { use: cohere/command-a-03-2025, fallback: [local/any], retry: { attempts: 2 } }
keys:
  - { name: a, hash: "${hash}", models: [fast, local/*], limits: { requestsPerMinute: 5 } }
log: { file: gateway.sqlite }
`

test('a whole configuration is read, as YAML and as JSON', () => {
  const config = parseConfig(whole, 'gateway.yaml')
  expect(config.models?.['fast']).toBe('cohere/command-r7b-12-2024')
  expect(parseConfig(JSON.stringify(config), 'gateway.json')).toEqual(config)
  expect(parseConfig('', 'gateway.yaml')).toEqual({})
})

describe('what is wrong is told with its line', () => {
  test.each([
    ['server:\n  port: high\n', ['c:2:9', 'server.port']],
    ['server:\n  prot: 80\n', ['c:2:3', 'no `prot` here', 'host, port, maxBodyBytes']],
    ['providers:\n  cohere:\n    apiKey: secret\n', ['c:3:5', 'no `apiKey` here', 'apiKeyVariable']],
    ['providers:\n  mine: { dialect: klingon }\n', ['c:2:20', 'cohere-v2', 'mistral']],
    ['models:\n  fast: gpt\n', ['c:2:9', 'provider/model']],
    [
      'models:\n  fast:\n    use: cohere/a\n    fallbacks: []\n',
      ['c:4:5', 'no `fallbacks` here', 'use, fallback, timeout, retry'],
    ],
    ['providers:\n  cohere: {}\nmodels:\n  fast: openai/gpt\n', ['c:4:9', 'no provider `openai`', 'There are: cohere']],
    ['keys:\n  - name: a\n    hash: plain\n', ['c:3:11', 'sha256:']],
    [`keys:\n  - { name: a, hash: "${hash}" }\n  - { name: a, hash: "${hash}" }\n`, ['c:3:13', 'another key `a`']],
    [`keys:\n  - name: a\n    hash: "${hash}"\n    limits: { perMinute: 5 }\n`, ['c:4:15', 'requestsPerMinute']],
    ['server: {\n', ['c:2:1']],
    ['{\n  "log": { "file": 5 }\n}', ['c:2:20', 'log.file']],
  ])('%j', (text, expected) => {
    let message = ''
    try {
      parseConfig(text, 'c')
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      message = error instanceof Error ? error.message : ''
    }
    for (const words of expected) expect(message).toContain(words)
    expect(message).not.toContain('secret')
  })

  test('all of it at once', () => {
    const text = 'server:\n  port: high\n  prot: 80\nmodels:\n  fast: gpt\n'
    expect(() => parseConfig(text, 'c')).toThrow(/c:2:9[^]*c:3:3[^]*c:5:9/)
  })
})

test('a key that is missing in the environment is told at the start', async () => {
  const config = parseConfig('providers:\n  cohere: { apiKeyVariable: MY_KEY }\n', 'c')
  await expect(startGateway(config, { environment: {} })).rejects.toThrow('Set the environment variable MY_KEY')
})
