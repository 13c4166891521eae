import type { Message, ModelRequest } from '@interlingua/core'
import type { OpenAIResponsesTypes, OpenAITypes } from '@interlingua/openai'
import { dialects } from '@interlingua/openai/dialects'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeChat } from '../src/encode.ts'
import { encodeRequest } from '../src/request.ts'
import { encodeMessages } from '../src/conversation.ts'
import { plainCall, plainMessages } from '../src/message.ts'
import { encodeInput } from '../src/responses/conversation.ts'
import { encodeResponses } from '../src/responses/encode.ts'
import { encodeRequest as encodeResponsesRequest } from '../src/responses/request.ts'
import { ToolNames, UnsupportedFeatures } from '@interlingua/core'
import { toolNameRule } from '../src/tool-name-rule.ts'

const role = fc.constantFrom('system' as const, 'user' as const, 'assistant' as const)
const conversation: fc.Arbitrary<Message[]> = fc.array(fc.record({ role, content: fc.string() }), { minLength: 1 })
const dialect = fc.constantFrom(...Object.values(dialects))

function requestOf(messages: Message[], stream: boolean): ModelRequest<OpenAITypes & OpenAIResponsesTypes> {
  return { model: 'gpt-5', messages, config: {}, params: {}, stream }
}

/** What encoding messages takes besides them, and what was told of them. */
function options(dialectOf: (typeof dialects)['openai']) {
  const unsupported = new UnsupportedFeatures()
  return {
    dialect: dialectOf,
    unsupported,
    toolNames: new ToolNames(toolNameRule, []),
    systemRole: undefined,
    previousResponseId: undefined,
    isContinued: false,
    isStrict: true,
  }
}

test('a call of texts is encoded as any other call would be', async () => {
  await fc.assert(
    fc.asyncProperty(conversation, dialect, fc.boolean(), async (messages, server, stream) => {
      const request = requestOf(messages, stream)
      expect(await encodeChat(request, server, plainCall(request))).toEqual(await encodeRequest(request, server))
      expect(await encodeResponses(request, server, plainCall(request))).toEqual(
        await encodeResponsesRequest(request, server),
      )
    }),
  )
})

test('a conversation of texts is encoded as any other would be', () => {
  fc.assert(
    fc.property(conversation, dialect, (messages, server) => {
      const plain = plainMessages(messages)
      fc.pre(plain !== undefined)
      const long = options(server)
      expect(encodeMessages(messages, long)).toEqual(plain)
      expect(encodeInput(messages, long)).toEqual(plain)
      expect(long.unsupported.warnings).toEqual([])
    }),
  )
})

test.each<[string, Message[]]>([
  ['parts', [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]],
  ['a plan', [{ role: 'assistant', content: 'Hi', plan: 'I will look.' }]],
  ['an answer that says nothing', [{ role: 'assistant', content: '' }]],
  ['a result of a tool', [{ role: 'tool', toolCallId: 'a', content: '4' }]],
  ['a field of the provider', [{ role: 'user', content: 'Hi', providerFields: { openai: { name: 'Ada' } } }]],
])('a conversation with %s is more than texts', (_, messages) => expect(plainMessages(messages)).toBeUndefined())

test('a call with parameters or tools is more than texts', () => {
  const request = requestOf([{ role: 'user', content: 'Hi' }], true)
  expect(plainCall(request)).toEqual(request.messages)
  expect(plainCall({ ...request, params: { temperature: 0 } })).toBeUndefined()
  expect(plainCall({ ...request, config: { toolChoice: 'none' } })).toBeUndefined()
  expect(plainCall({ ...request, config: { tools: [] } })).toBeUndefined()
})
