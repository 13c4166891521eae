import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  type Call,
  type CallOptions,
  type DeepPartial,
  defineCall,
  jsonSchema,
  type Model,
  outputParser,
  type Partials,
  type ProviderTypes,
  type StreamOf,
  structured,
  type StructuredModel,
  type StructuredResponse,
  type StructuredTypes,
} from '../src/index.ts'

interface AcmeTypes extends ProviderTypes {
  Params: { readonly temperature?: number; readonly mood?: 'calm' | 'wild' }
}
declare const acme: Model<AcmeTypes>

interface Book {
  title: string
  year: number
}
const book: z.ZodType<Book, Book> = z.object({ title: z.string(), year: z.int() })

describe('structured', () => {
  test('makes a model whose types are short', () => {
    const librarian = structured(acme, book)
    expectTypeOf(librarian).toEqualTypeOf<StructuredModel<AcmeTypes, Book>>()
    expectTypeOf(librarian.call).returns.resolves.toEqualTypeOf<StructuredResponse<AcmeTypes, Book>>()
    expectTypeOf(librarian.stream).returns.toEqualTypeOf<StreamOf<StructuredTypes<AcmeTypes, Book>>>()
    expectTypeOf(librarian).toExtend<Model>()
    expectTypeOf(librarian.call).parameter(1).toEqualTypeOf<CallOptions<AcmeTypes> | undefined>()
    // @ts-expect-error: no such mood
    void librarian.call('?', { mood: 'cross' })
    // @ts-expect-error: a model that answers with text has no output
    expectTypeOf(acme).toExtend<StructuredModel<AcmeTypes, Book>>()
    const plain = structured(acme, jsonSchema<Book>({ type: 'object' }))
    expectTypeOf(plain.stream('?').partials()).toEqualTypeOf<Partials<DeepPartial<Book>>>()
    // @ts-expect-error: no such mode
    structured(acme, book, { mode: 'strict' })
    // @ts-expect-error: a number of attempts, not just any
    structured(acme, book, { repair: true })
    // @ts-expect-error: not a schema
    structured(acme, 'book')
  })

  test('goes together with defineCall', async () => {
    const recommend = defineCall({ model: structured(acme, book), prompt: (genre: string) => `A ${genre} book` })
    expectTypeOf(recommend).toExtend<Call<[genre: string], StructuredTypes<AcmeTypes, Book>>>()
    const { output } = await recommend('fantasy')
    expectTypeOf(output).toEqualTypeOf<Book>()
    for await (const partial of recommend.stream('fantasy').partials()) {
      expectTypeOf(partial).toEqualTypeOf<DeepPartial<Book>>()
    }
  })

  test('knows the output of every kind of schema', async () => {
    const list = await structured(acme, z.array(z.enum(['calm', 'wild']))).call('?')
    expectTypeOf(list.output).toEqualTypeOf<('calm' | 'wild')[]>()
    const valibot = await structured(acme, toStandardJsonSchema(v.object({ title: v.string() }))).call('?')
    expectTypeOf(valibot.output).toEqualTypeOf<{ title: string }>()
    const ark = await structured(acme, type({ title: 'string' })).call('?')
    expectTypeOf(ark.output).toEqualTypeOf<{ title: string }>()
    const plain = await structured(acme, { type: 'object' }).call('?')
    expectTypeOf(plain.output).toEqualTypeOf<unknown>()
    const parsed = await structured(
      acme,
      outputParser(({ content }) => content.split('\n')),
    ).call('?')
    expectTypeOf(parsed.output).toEqualTypeOf<string[]>()
    const maybe = await structured(acme, z.string().nullable()).call('?')
    expectTypeOf(maybe.output).toEqualTypeOf<string | null>()
    expectTypeOf((await list.resume('Another one')).output).toEqualTypeOf<('calm' | 'wild')[]>()
    // @ts-expect-error: unknown until it is checked
    void plain.output.title
    // @ts-expect-error: there is no such field
    void valibot.output.author
    // @ts-expect-error: an output is read, and not written
    list.output = []
    // @ts-expect-error: a response of the model itself has no output
    void (await acme.call('?')).output
  })
})

describe('a partial', () => {
  test('is of what was written, where the schema makes something else of it', async () => {
    const schema = z.object({ on: z.string().transform((text) => new Date(text)) })
    const stream = structured(acme, schema).stream('?')
    expectTypeOf(stream.partials()).toEqualTypeOf<Partials<{ readonly on?: string }>>()
    expectTypeOf((await stream.response()).output).toEqualTypeOf<{ on: Date }>()
  })

  test('of a schema with defaults is of the output', async () => {
    const schema = z.object({ title: z.string().default('Untitled'), tags: z.array(z.string()).optional() })
    const model = structured(acme, schema)
    expectTypeOf(model).toEqualTypeOf<StructuredModel<AcmeTypes, { title: string; tags?: string[] | undefined }>>()
    // @ts-expect-error: what is optional in the output may be absent
    void (await model.call('?')).output.tags.length
  })

  test('may lack anything, and may have the beginning of any text', () => {
    type Partial_ = DeepPartial<{ mood: 'calm' | 'wild'; pages: { n: 1 | 2; ok: boolean }[]; at: [number, string] }>
    expectTypeOf<Partial_>().toEqualTypeOf<{
      readonly mood?: string
      readonly pages?: readonly { readonly n?: 1 | 2; readonly ok?: boolean }[]
      readonly at?: readonly [number?, string?]
    }>()
    expectTypeOf<DeepPartial<unknown>>().toEqualTypeOf<unknown>()
    expectTypeOf<Book>().toExtend<DeepPartial<Book>>()
    // @ts-expect-error: a partial is not yet a value
    expectTypeOf<DeepPartial<Book>>().toExtend<Book>()
    const arrived: DeepPartial<Book> = { title: 'Du' }
    // @ts-expect-error: what has arrived is not to be written to
    arrived.title = 'Dune'
  })

  test('of a stream without an output is of any type', () => {
    expectTypeOf(acme.stream('?').partials()).toEqualTypeOf<Partials<unknown>>()
  })
})
