import type OpenAI from 'openai'
import { describe, expectTypeOf, test } from 'vitest'
import type {
  OpenAIBuiltInTool,
  OpenAIResponsesStreamEvent,
  WireInputItem,
  WireOutputItem,
  WireResponsesRequest,
  WireResponsesResponse,
  WireResponsesTool,
} from '../../src/index.ts'
import type { Beyond, BeyondEach, Leaves } from './leaves.ts'

// What OpenAI's own SDK says of the wire, beside what is said here. The differences are listed exactly, so that an update of
// the SDK that changes the wire, or a change here, breaks the build.

type SdkEvent = OpenAI.Responses.ResponseStreamEvent
type SdkItem = OpenAI.Responses.ResponseOutputItem
type SdkInput = Extract<OpenAI.Responses.ResponseInputItem, { type: string }>
type SdkRequest = OpenAI.Responses.ResponseCreateParams
type SdkTool = OpenAI.Responses.Tool

/** Events without what is compared on its own. */
type Bare<Event> = Event extends unknown
  ? Omit<Event, 'response' | 'item'> & { type: Event extends { type: infer Type } ? Type : never }
  : never

test('leaves are what they are said to be', () => {
  interface Sample {
    reason?: 'A' | 'B' | null
    items: { top: number; flag?: boolean }[]
    data: Record<string, unknown>
    size: 'small' | (string & {})
  }
  expectTypeOf<Leaves<Sample>>().toEqualTypeOf<
    '.reason: A' | '.reason: B' | '.items[].top: number' | '.items[].flag: boolean' | '.data: object' | '.size: string'
  >()
  expectTypeOf<Beyond<{ a: string; b: 1 }, { a: number }>>().toEqualTypeOf<'.a: string' | '.b: number'>()
  type One = { type: 'x'; a: string } | { type: 'y' }
  type Other = { type: 'x' | 'y'; b: string }
  expectTypeOf<BeyondEach<One, Other>>().toEqualTypeOf<'x.a: string'>()
})

describe('the stream', () => {
  test('has the same kinds of events', () => {
    expectTypeOf<OpenAIResponsesStreamEvent['type']>().toEqualTypeOf<SdkEvent['type']>()
  })

  test('has the same events, and the nested error of recorded streams', () => {
    expectTypeOf<BeyondEach<Bare<SdkEvent>, Bare<OpenAIResponsesStreamEvent>>>().toEqualTypeOf<never>()
    expectTypeOf<BeyondEach<Bare<OpenAIResponsesStreamEvent>, Bare<SdkEvent>>>().toEqualTypeOf<
      | 'error.error.type: string'
      | 'error.error.code: string'
      | 'error.error.message: string'
      | 'error.error.param: string'
    >()
  })
})

describe('the items of an answer', () => {
  test('are of the same kinds', () => {
    expectTypeOf<WireOutputItem['type']>().toEqualTypeOf<SdkItem['type']>()
  })

  test('are the same', () => {
    expectTypeOf<BeyondEach<SdkItem, WireOutputItem>>().toEqualTypeOf<never>()
    expectTypeOf<BeyondEach<WireOutputItem, SdkItem>>().toEqualTypeOf<never>()
  })
})

describe('tools', () => {
  test('are of the same kinds', () => {
    expectTypeOf<WireResponsesTool['type']>().toEqualTypeOf<SdkTool['type']>()
    expectTypeOf<OpenAIBuiltInTool['type']>().toEqualTypeOf<Exclude<SdkTool['type'], 'function'>>()
  })

  test('are the same', () => {
    expectTypeOf<BeyondEach<SdkTool, WireResponsesTool>>().toEqualTypeOf<never>()
    expectTypeOf<BeyondEach<WireResponsesTool, SdkTool>>().toEqualTypeOf<never>()
  })

  test('that the SDK knows can be given', () => {
    expectTypeOf<Exclude<SdkTool, { type: 'function' }>>().toExtend<OpenAIBuiltInTool>()
  })
})

test('the response: without what the SDK adds itself', () => {
  type SdkResponse = Omit<OpenAI.Responses.Response, 'output' | 'tools' | 'instructions'>
  type Ours = Omit<WireResponsesResponse, 'output' | 'tools' | 'instructions'>
  // Codes of errors are many, and grow: here they are any text.
  type Codes = `.error.code: ${NonNullable<OpenAI.Responses.Response['error']>['code']}`
  expectTypeOf<Beyond<SdkResponse, Ours>>().toEqualTypeOf<'.output_text: string' | Codes>()
  expectTypeOf<Beyond<Ours, SdkResponse>>().toEqualTypeOf<'.error.code: string'>()
})

test('the request', () => {
  type Ours = Omit<WireResponsesRequest, 'input' | 'tools'>
  expectTypeOf<Beyond<Omit<SdkRequest, 'input' | 'tools'>, Ours>>().toEqualTypeOf<never>()
  expectTypeOf<Beyond<Ours, Omit<SdkRequest, 'input' | 'tools'>>>().toEqualTypeOf<never>()
})

describe('the items of a request', () => {
  type OurInput = Extract<WireInputItem, { type: string }>
  type Typed<Item> = Item extends { type?: infer Type } ? (Type extends string ? Item & { type: Type } : never) : never

  test('are of the same kinds', () => {
    expectTypeOf<NonNullable<WireInputItem['type']>>().toEqualTypeOf<
      NonNullable<OpenAI.Responses.ResponseInputItem['type']>
    >()
  })

  test('are the same', () => {
    expectTypeOf<BeyondEach<SdkInput, Typed<WireInputItem>>>().toEqualTypeOf<never>()
    expectTypeOf<BeyondEach<OurInput, Typed<OpenAI.Responses.ResponseInputItem>>>().toEqualTypeOf<never>()
  })
})
