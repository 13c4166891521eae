import type { Message, ModelRequest } from '@interlingua/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeChat } from '../src/encode.ts'
import { encodeRequest } from '../src/request.ts'
import { plainMessages } from '../src/message.ts'
import type { CohereTypes } from '../src/index.ts'

const turn = fc.record({ role: fc.constantFrom('user' as const, 'assistant' as const), content: fc.string() })
const system = fc.record({ role: fc.constant('system' as const), content: fc.string() })
const conversation = fc
  .tuple(fc.option(system, { nil: undefined }), fc.array(turn, { minLength: 1 }))
  .map(([first, turns]): Message[] => [first ?? [], turns].flat())

test('a call of texts is encoded as any other call would be', async () => {
  await fc.assert(
    fc.asyncProperty(conversation, fc.boolean(), async (messages, stream) => {
      const request: ModelRequest<CohereTypes> = {
        model: 'command-a-03-2025',
        messages,
        config: {},
        params: {},
        stream,
      }
      const plain = await encodeChat(request)
      const { body, warnings } = await encodeRequest(request)
      expect(plain.body).toEqual(body)
      expect(plain.warnings).toEqual(warnings)
    }),
  )
})

test.each<[string, Message[]]>([
  ['parts', [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]],
  ['a plan', [{ role: 'assistant', content: 'Hi', plan: 'I will look.' }]],
  [
    'a system message that is not the first',
    [
      { role: 'user', content: 'Hi' },
      { role: 'system', content: 'Be brief.' },
    ],
  ],
  ['an answer that says nothing', [{ role: 'assistant', content: '' }]],
  ['a result of a tool', [{ role: 'tool', toolCallId: 'a', content: '4' }]],
])('a conversation with %s is more than texts', (_, messages) => expect(plainMessages(messages)).toBeUndefined())
