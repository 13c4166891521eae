import type { OpenAI } from 'openai'
import { describe, expectTypeOf, test } from 'vitest'
import type {
  WireAssistantMessage,
  WireChatCompletion,
  WireDelta,
  WireMessage,
  WireRequest,
  WireTool,
  WireUsage,
} from '../src/index.ts'

// What OpenAI's own SDK says of the wire, beside what is said here. The differences are listed exactly, so that an update of
// the SDK that changes the wire, or a change here, breaks the build.

type Chat = OpenAI.Chat.Completions.ChatCompletionCreateParams
type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk
type Piece = OpenAI.Chat.Completions.ChatCompletionChunk.Choice.Delta
type Beyond<One, Other> = Exclude<keyof One, keyof Other>

describe('a request', () => {
  test('has the fields of OpenAI’s, but for what `tools` replaced', () => {
    expectTypeOf<Beyond<Chat, WireRequest>>().toEqualTypeOf<'function_call' | 'functions'>()
  })

  test('has no other fields, but for what other servers have', () => {
    expectTypeOf<Beyond<WireRequest, Chat>>().toEqualTypeOf<'top_k'>()
  })

  test('has the roles of OpenAI’s, but for what `tool` replaced', () => {
    type Role = OpenAI.Chat.Completions.ChatCompletionMessageParam['role']
    expectTypeOf<Exclude<Role, WireMessage['role']>>().toEqualTypeOf<'function'>()
    expectTypeOf<Exclude<WireMessage['role'], Role>>().toEqualTypeOf<never>()
  })

  test('has the kinds of tools', () => {
    expectTypeOf<WireTool['type']>().toEqualTypeOf<OpenAI.Chat.Completions.ChatCompletionTool['type']>()
  })

  test('has the fields of an assistant’s message, and those of other servers', () => {
    type Theirs = OpenAI.Chat.Completions.ChatCompletionAssistantMessageParam
    expectTypeOf<Beyond<Theirs, WireAssistantMessage>>().toEqualTypeOf<'function_call'>()
    expectTypeOf<Beyond<WireAssistantMessage, Theirs>>().toEqualTypeOf<'reasoning' | 'reasoning_content'>()
  })
})

describe('an event', () => {
  test('has the fields of OpenAI’s, and those of other servers', () => {
    expectTypeOf<Beyond<Chunk, WireChatCompletion>>().toEqualTypeOf<never>()
    expectTypeOf<Beyond<WireChatCompletion, Chunk>>().toEqualTypeOf<
      'citations' | 'error' | 'search_results' | 'x_groq'
    >()
  })

  test('has the pieces of a message, and those of other servers', () => {
    expectTypeOf<Beyond<Piece, WireDelta>>().toEqualTypeOf<never>()
    expectTypeOf<Beyond<WireDelta, Piece>>().toEqualTypeOf<
      'annotations' | 'reasoning' | 'reasoning_content' | 'reasoning_details'
    >()
  })

  test('has the counts of a usage', () => {
    expectTypeOf<Beyond<OpenAI.CompletionUsage, WireUsage>>().toEqualTypeOf<never>()
    type Input = OpenAI.CompletionUsage.PromptTokensDetails
    type Output = OpenAI.CompletionUsage.CompletionTokensDetails
    expectTypeOf<Beyond<Input, NonNullable<WireUsage['prompt_tokens_details']>>>().toEqualTypeOf<never>()
    expectTypeOf<Beyond<Output, NonNullable<WireUsage['completion_tokens_details']>>>().toEqualTypeOf<never>()
  })
})
