import type { Cohere } from 'cohere-ai'
import { describe, expectTypeOf, test } from 'vitest'
import type { CohereStreamEvent, WireMessage, WireRequest, WireResponse } from '../src/index.ts'
import type { Beyond, Leaves } from './leaves.ts'

// What Cohere's own SDK says of the wire, beside what is said here. The differences are listed exactly, so that an update
// of the SDK that changes the wire, or a change here, breaks the build.

type SdkEvent<Type extends Cohere.V2ChatStreamResponse['type']> = Extract<Cohere.V2ChatStreamResponse, { type: Type }>
type OurEvent<Type extends CohereStreamEvent['type']> = Extract<CohereStreamEvent, { type: Type }>
type SdkMessage<Role extends Cohere.ChatMessageV2['role']> = Extract<Cohere.ChatMessageV2, { role: Role }>
type OurMessage<Role extends WireMessage['role']> = Extract<WireMessage, { role: Role }>

test('leaves are what they are said to be', () => {
  interface Sample {
    finishReason?: 'A' | 'B' | null
    items: { topK: number; flag?: boolean }[]
    data: Record<string, unknown>
  }
  expectTypeOf<Leaves<Sample>>().toEqualTypeOf<
    '.finish_reason: A' | '.finish_reason: B' | '.items[].top_k: number' | '.items[].flag: boolean' | '.data: object'
  >()
  expectTypeOf<Beyond<{ a: string; b: 1 }, { a: number }>>().toEqualTypeOf<'.a: string' | '.b: number'>()
})

describe('the stream', () => {
  test('has the same kinds of events', () => {
    expectTypeOf<CohereStreamEvent['type']>().toEqualTypeOf<Cohere.V2ChatStreamResponse['type']>()
  })

  test('content-start', () => {
    expectTypeOf<Leaves<OurEvent<'content-start'>>>().toEqualTypeOf<Leaves<SdkEvent<'content-start'>>>()
  })

  test('content-delta', () => {
    expectTypeOf<Leaves<OurEvent<'content-delta'>>>().toEqualTypeOf<Leaves<SdkEvent<'content-delta'>>>()
  })

  test('content-end', () => {
    expectTypeOf<Leaves<OurEvent<'content-end'>>>().toEqualTypeOf<Leaves<SdkEvent<'content-end'>>>()
  })

  test('tool-plan-delta', () => {
    expectTypeOf<Leaves<OurEvent<'tool-plan-delta'>>>().toEqualTypeOf<Leaves<SdkEvent<'tool-plan-delta'>>>()
  })

  test('tool-call-start', () => {
    expectTypeOf<Leaves<OurEvent<'tool-call-start'>>>().toEqualTypeOf<Leaves<SdkEvent<'tool-call-start'>>>()
  })

  test('tool-call-delta', () => {
    expectTypeOf<Leaves<OurEvent<'tool-call-delta'>>>().toEqualTypeOf<Leaves<SdkEvent<'tool-call-delta'>>>()
  })

  test('tool-call-end', () => {
    expectTypeOf<Leaves<OurEvent<'tool-call-end'>>>().toEqualTypeOf<Leaves<SdkEvent<'tool-call-end'>>>()
  })

  test('citation-start', () => {
    expectTypeOf<Leaves<OurEvent<'citation-start'>>>().toEqualTypeOf<Leaves<SdkEvent<'citation-start'>>>()
  })

  test('citation-end', () => {
    expectTypeOf<Leaves<OurEvent<'citation-end'>>>().toEqualTypeOf<Leaves<SdkEvent<'citation-end'>>>()
  })

  test('debug', () => {
    expectTypeOf<Leaves<OurEvent<'debug'>>>().toEqualTypeOf<Leaves<SdkEvent<'debug'>>>()
  })

  test('message-start: here the message has the fields of a whole one, which the server sends empty', () => {
    expectTypeOf<Beyond<SdkEvent<'message-start'>, OurEvent<'message-start'>>>().toEqualTypeOf<never>()
    type Fields = `.delta.message${Leaves<WireResponse['message']>}`
    expectTypeOf<Beyond<OurEvent<'message-start'>, SdkEvent<'message-start'>>>().toEqualTypeOf<
      Exclude<Fields, '.delta.message.role: assistant'>
    >()
  })

  test('message-end: with what the server sends and no document tells', () => {
    // The SDK has an `id` here, which no recorded stream has.
    expectTypeOf<Beyond<SdkEvent<'message-end'>, OurEvent<'message-end'>>>().toEqualTypeOf<'.id: string'>()
    expectTypeOf<Beyond<OurEvent<'message-end'>, SdkEvent<'message-end'>>>().toEqualTypeOf<
      | '.delta.error_type: string'
      | '.delta.usage.tokens.image_tokens: number'
      | '.delta.usage.tokens.reasoning_tokens: number'
    >()
  })
})

test('the response: with what the server sends and no document tells', () => {
  expectTypeOf<Beyond<Cohere.V2ChatResponse, WireResponse>>().toEqualTypeOf<never>()
  expectTypeOf<Beyond<WireResponse, Cohere.V2ChatResponse>>().toEqualTypeOf<
    | '.error: string'
    | '.error_type: string'
    | '.usage.tokens.image_tokens: number'
    | '.usage.tokens.reasoning_tokens: number'
  >()
})

describe('the request', () => {
  test('has the same parameters: the SDK sets `stream` itself, and takes the data of documents as objects only', () => {
    type Ours = Omit<WireRequest, 'messages'>
    expectTypeOf<Beyond<Cohere.V2ChatRequest, WireRequest>>().toEqualTypeOf<never>()
    expectTypeOf<Beyond<Cohere.V2ChatStreamRequest, WireRequest>>().toEqualTypeOf<never>()
    expectTypeOf<Beyond<Ours, Cohere.V2ChatRequest>>().toEqualTypeOf<'.stream: boolean' | '.documents[].data: string'>()
  })

  test('has the same messages', () => {
    expectTypeOf<WireMessage['role']>().toEqualTypeOf<Cohere.ChatMessageV2['role']>()
    expectTypeOf<Leaves<OurMessage<'system'>>>().toEqualTypeOf<Leaves<SdkMessage<'system'>>>()
    expectTypeOf<Leaves<OurMessage<'user'>>>().toEqualTypeOf<Leaves<SdkMessage<'user'>>>()
    expectTypeOf<Leaves<OurMessage<'assistant'>>>().toEqualTypeOf<Leaves<SdkMessage<'assistant'>>>()
    expectTypeOf<Beyond<SdkMessage<'tool'>, OurMessage<'tool'>>>().toEqualTypeOf<never>()
    expectTypeOf<Beyond<OurMessage<'tool'>, SdkMessage<'tool'>>>().toEqualTypeOf<'.content[].document.data: string'>()
  })
})
