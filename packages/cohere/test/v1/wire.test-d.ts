import type { Cohere } from 'cohere-ai'
import { describe, expectTypeOf, test } from 'vitest'
import type {
  ChatStreamEndEventFinishReason,
  CohereV1StreamEvent,
  WireV1FinishReason,
  WireV1Request,
  WireV1Response,
} from '../../src/index.ts'
import type { Beyond, Leaves } from '../leaves.ts'

// As for v2: the wire types here are held to those of Cohere's own SDK, and the differences are listed exactly.

type SdkEvent<Type extends Cohere.StreamedChatResponse['eventType']> = Extract<
  Cohere.StreamedChatResponse,
  { eventType: Type }
>
type OurEvent<Type extends CohereV1StreamEvent['event_type']> = Extract<CohereV1StreamEvent, { event_type: Type }>
/** Every event has it on the wire, and none in the SDK's types. */
type Always = '.is_finished: boolean'

describe('the stream', () => {
  test('has the same kinds of events', () => {
    expectTypeOf<CohereV1StreamEvent['event_type']>().toEqualTypeOf<Cohere.StreamedChatResponse['eventType']>()
  })

  test('stream-start', () => {
    expectTypeOf<Leaves<OurEvent<'stream-start'>>>().toEqualTypeOf<Leaves<SdkEvent<'stream-start'>> | Always>()
  })

  test('search-queries-generation', () => {
    expectTypeOf<Leaves<OurEvent<'search-queries-generation'>>>().toEqualTypeOf<
      Leaves<SdkEvent<'search-queries-generation'>> | Always
    >()
  })

  test('search-results', () => {
    expectTypeOf<Leaves<OurEvent<'search-results'>>>().toEqualTypeOf<Leaves<SdkEvent<'search-results'>> | Always>()
  })

  test('text-generation', () => {
    expectTypeOf<Leaves<OurEvent<'text-generation'>>>().toEqualTypeOf<Leaves<SdkEvent<'text-generation'>> | Always>()
  })

  test('citation-generation', () => {
    expectTypeOf<Leaves<OurEvent<'citation-generation'>>>().toEqualTypeOf<
      Leaves<SdkEvent<'citation-generation'>> | Always
    >()
  })

  test('tool-calls-chunk', () => {
    expectTypeOf<Leaves<OurEvent<'tool-calls-chunk'>>>().toEqualTypeOf<Leaves<SdkEvent<'tool-calls-chunk'>> | Always>()
  })

  test('tool-calls-generation', () => {
    expectTypeOf<Leaves<OurEvent<'tool-calls-generation'>>>().toEqualTypeOf<
      Leaves<SdkEvent<'tool-calls-generation'>> | Always
    >()
  })

  test('stream-end', () => {
    expectTypeOf<Leaves<OurEvent<'stream-end'>>>().toEqualTypeOf<Leaves<SdkEvent<'stream-end'>> | Always>()
  })

  test('debug', () => {
    expectTypeOf<Leaves<OurEvent<'debug'>>>().toEqualTypeOf<Leaves<SdkEvent<'debug'>> | Always>()
  })

  test('ends for the same reasons', () => {
    expectTypeOf<ChatStreamEndEventFinishReason>().toEqualTypeOf<Cohere.ChatStreamEndEventFinishReason>()
    expectTypeOf<WireV1FinishReason>().toEqualTypeOf<Cohere.FinishReason>()
  })
})

test('the response', () => {
  expectTypeOf<Leaves<WireV1Response>>().toEqualTypeOf<Leaves<Cohere.NonStreamedChatResponse>>()
})

test('the request: the SDK sets `stream` itself, and has the header `Accepts` among the parameters', () => {
  expectTypeOf<Beyond<Cohere.ChatRequest, WireV1Request>>().toEqualTypeOf<'.accepts: text/event-stream'>()
  expectTypeOf<Beyond<Cohere.ChatStreamRequest, WireV1Request>>().toEqualTypeOf<'.accepts: text/event-stream'>()
  expectTypeOf<Beyond<WireV1Request, Cohere.ChatRequest>>().toEqualTypeOf<'.stream: boolean'>()
})
