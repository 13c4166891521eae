import { type Call, defineCall, type ImagePart, type Message, type Model, type ProviderTypes } from '../src/index.ts'
import { describe, expectTypeOf, test } from 'vitest'
import { promptTemplate, type PromptTemplate } from '../src/prompt-template.ts'
import type { TemplateImage, TemplateUses, TemplateValue, UserPart } from '../src/template-specifier.ts'
import type { TemplateText, TemplateVariables } from '../src/template-variables.ts'

declare const model: Model

interface AcmeTypes extends ProviderTypes {
  Params: { readonly temperature?: number; readonly mood?: 'calm' | 'wild' }
}
declare const acme: Model<AcmeTypes>

declare const anyText: string
declare const image: ImagePart
declare const messages: readonly Message[]

/** The variables of a text, and not of one with a mistake. */
type In<Text extends string> = Text extends TemplateText<Text> ? TemplateVariables<Text> : 'mistake'
type NamesIn<Text extends string> = keyof In<Text>

describe('variables', () => {
  test('are found', () => {
    expectTypeOf<NamesIn<'none'>>().toBeNever()
    expectTypeOf<NamesIn<''>>().toBeNever()
    expectTypeOf<In<'Recommend a {genre} book'>>().toEqualTypeOf<{ genre: TemplateValue }>()
    expectTypeOf<In<'{a}{b}'>>().toEqualTypeOf<{ a: TemplateValue; b: TemplateValue }>()
    expectTypeOf<In<'{a} and {a}'>>().toEqualTypeOf<{ a: TemplateValue }>()
    expectTypeOf<In<'{_a$1}'>>().toEqualTypeOf<{ _a$1: TemplateValue }>()
    expectTypeOf<In<'{constructor}'>>().toEqualTypeOf<{ constructor: TemplateValue }>()
    expectTypeOf<In<'\n  SYSTEM: {a}\n  USER: {b}'>>().toEqualTypeOf<{ a: TemplateValue; b: TemplateValue }>()
  })

  test('have the types that their specifiers say', () => {
    expectTypeOf<In<'{a:list}'>>().toEqualTypeOf<{ a: readonly TemplateValue[] }>()
    expectTypeOf<In<'{a:lists}'>>().toEqualTypeOf<{ a: readonly (readonly TemplateValue[])[] }>()
    expectTypeOf<In<'{a:text}'>>().toEqualTypeOf<{ a: TemplateUses['text'] }>()
    expectTypeOf<In<'{a:texts}'>>().toEqualTypeOf<{ a: TemplateUses['texts'] }>()
    expectTypeOf<In<'{a:image}'>>().toEqualTypeOf<{ a: TemplateImage }>()
    expectTypeOf<In<'{a:image(detail=low)}'>>().toEqualTypeOf<{ a: TemplateImage }>()
    expectTypeOf<In<'{a:images(detail=auto)}'>>().toEqualTypeOf<{ a: readonly TemplateImage[] }>()
    expectTypeOf<In<'{a:part}'>>().toEqualTypeOf<{ a: UserPart }>()
    expectTypeOf<In<'{a:parts}'>>().toEqualTypeOf<{ a: readonly UserPart[] }>()
    expectTypeOf<In<'{a:messages}'>>().toEqualTypeOf<{ a: readonly Message[] }>()
    expectTypeOf<In<'MESSAGES: {a}'>>().toEqualTypeOf<{ a: readonly Message[] }>()
    expectTypeOf<In<'USER: hi\n\t MESSAGES:\n  {a}\n {b}\nUSER: {c}'>>().toEqualTypeOf<{
      a: readonly Message[]
      b: readonly Message[]
      c: TemplateValue
    }>()
    expectTypeOf<In<'see MESSAGES: {a}'>>().toEqualTypeOf<{ a: TemplateValue }>()
  })

  test('may be members', () => {
    expectTypeOf<In<'{book.title} {book.author.name} {book.tags:list} {n}'>>().toEqualTypeOf<{
      book: { title: TemplateValue; author: { name: TemplateValue }; tags: readonly TemplateValue[] }
      n: TemplateValue
    }>()
  })

  test('are what is exactly a placeholder, and nothing else', () => {
    expectTypeOf<NamesIn<'{"a": {"b": 1}} {} { a } {a b} {a, b} {a: 1} {1} {a.1} {a-b} {é} {a'>>().toBeNever()
    expectTypeOf<In<'{{a}} {{{b}}} {{{{c}}}}'>>().toEqualTypeOf<{ b: TemplateValue }>()
    expectTypeOf<In<'{"a": {"b": {c}}}'>>().toEqualTypeOf<{ c: TemplateValue }>()
    expectTypeOf<NamesIn<'{a\n}'>>().toBeNever()
  })

  test('may be any where the compiler does not know the text', () => {
    expectTypeOf<In<string>>().toEqualTypeOf<Record<string, unknown>>()
    expectTypeOf(promptTemplate(anyText)).toEqualTypeOf<PromptTemplate<Record<string, unknown>>>()
    expectTypeOf(promptTemplate(anyText)).parameters.toEqualTypeOf<[variables?: Record<string, unknown>]>()
    expectTypeOf(promptTemplate(`Be ${anyText} to {name}`)).toEqualTypeOf<PromptTemplate<Record<string, unknown>>>()
    expectTypeOf<TemplateVariables<'{a}' | `${string}{b}`>>().toEqualTypeOf<Record<string, unknown>>()
  })

  test('of one of several texts are all of theirs', () => {
    expectTypeOf<TemplateVariables<'{a}' | '{b:list}'>>().toEqualTypeOf<{
      a: TemplateValue
      b: readonly TemplateValue[]
    }>()
  })
})

describe('a prompt', () => {
  const recommend = promptTemplate('Recommend {count} {genre} books like {author.name}: {titles:list}')

  test('takes its variables and gives messages', () => {
    expectTypeOf(recommend).returns.toEqualTypeOf<readonly Message[]>()
    expectTypeOf(recommend.template).toEqualTypeOf<string>()
    recommend({ count: 3, genre: 'fantasy', author: { name: null }, titles: ['Momo', 2n, true] })
    const readonlyToo: Readonly<Parameters<typeof recommend>[0]> = {
      count: 1,
      genre: '',
      author: { name: '' },
      titles: [],
    }
    recommend(readonlyToo)
  })

  test('takes no argument without variables', () => {
    expectTypeOf(promptTemplate('Hello')).parameters.toEqualTypeOf<[]>()
    // @ts-expect-error: there are no variables
    promptTemplate('Hello')({ name: 'Ada' })
  })

  test('takes no others, and none may be missing', () => {
    const greet = promptTemplate('Hello {name}')
    // @ts-expect-error: there is a variable
    greet()
    // @ts-expect-error: the name is missing
    greet({})
    // @ts-expect-error: the name is misspelled
    greet({ nmae: 'Ada' })
    // @ts-expect-error: there is no age
    greet({ name: 'Ada', age: 36 })
    // @ts-expect-error: an author has a name
    recommend({ count: 3, genre: 'fantasy', author: {}, titles: [] })
  })

  test('takes no values that cannot be written', () => {
    const greet = promptTemplate('Hello {name}')
    // @ts-expect-error: a list needs :list
    greet({ name: ['Ada'] })
    // @ts-expect-error: an object is no text
    greet({ name: { first: 'Ada' } })
    // @ts-expect-error: a function is no text
    greet({ name: () => 'Ada' })
    // @ts-expect-error: a date has to be written by somebody who knows how
    greet({ name: new Date() })
    // @ts-expect-error: a text is no list
    promptTemplate('{names:list}')({ names: 'Ada' })
    // @ts-expect-error: nothing is no list
    promptTemplate('{names:list}')({ names: undefined })
    // @ts-expect-error: paragraphs are lists themselves
    promptTemplate('{names:lists}')({ names: ['Ada'] })
  })

  test('takes images, parts and messages where it says so', () => {
    promptTemplate('{photo:image}')({ photo: new URL('https://example.com/a.png') })
    promptTemplate('{photo:image}')({ photo: image })
    promptTemplate('{photos:images}')({ photos: [image, 'data:image/png;base64,'] })
    promptTemplate('{any:parts}')({ any: [image, { type: 'text', text: 'a' }] })
    promptTemplate('{history:messages}')({ history: messages })
    // @ts-expect-error: an image is not a number
    promptTemplate('{photo:image}')({ photo: 1 })
    // @ts-expect-error: a photo that is missing is no image
    promptTemplate('{photo:image}')({ photo: undefined })
    // @ts-expect-error: one image is not several
    promptTemplate('{photos:images}')({ photos: image })
    // @ts-expect-error: bytes need a media type
    promptTemplate('{photo:image}')({ photo: new Uint8Array() })
    // @ts-expect-error: a thought is no part of what a user says
    promptTemplate('{any:part}')({ any: { type: 'thinking', text: 'a' } })
    // @ts-expect-error: a message is not a list of them
    promptTemplate('MESSAGES: {history}')({ history: { role: 'user', content: 'a' } })
  })
})

describe('a mistake in a text', () => {
  test('is told in words', () => {
    expectTypeOf<TemplateText<'{a:audio}'>>().toEqualTypeOf<'{a:audio}: there is no neutral part for this yet.'>()
    expectTypeOf<
      TemplateText<'{a:liste}'>
    >().toEqualTypeOf<'{a:liste}: there is no such specifier. Write two braces each for text: {{a:liste}}.'>()
    expectTypeOf<
      TemplateText<'{a.b} {a}'>
    >().toEqualTypeOf<'{a}: one name is used in different ways here. Give each its own.'>()
    expectTypeOf<
      TemplateText<'{a.b} {a.b:list}'>
    >().toEqualTypeOf<'{a.b}: one name is used in different ways here. Give each its own.'>()
    expectTypeOf<
      TemplateText<'SYSTEM: {a:image}'>
    >().toEqualTypeOf<'{a:image}: only a user message can hold this, and here it stands in the words of the system.'>()
    expectTypeOf<
      TemplateText<'MESSAGES: {a}!'>
    >().toEqualTypeOf<'MESSAGES: takes variables and nothing else. Begin what follows with a role of its own.'>()
    expectTypeOf<TemplateText<'{a:audio} {b}'>>().not.toEqualTypeOf<'{a:audio} {b}'>()
  })

  test('does not compile', () => {
    // @ts-expect-error: there is no audio
    promptTemplate('{talk:audio}')
    // @ts-expect-error: there are no documents
    promptTemplate('{paper:document(type=pdf)}')
    // @ts-expect-error: there is no cache control
    promptTemplate('{:}{long:cache_control}')
    // @ts-expect-error: there is no such specifier
    promptTemplate('{names:List}')
    // @ts-expect-error: numbers are not formatted
    promptTemplate('{price:.2f}')
    // @ts-expect-error: there is no such detail
    promptTemplate('{photo:image(detail=medium)}')
    // @ts-expect-error: a text has no detail
    promptTemplate('{note:text(detail=low)}')
    // @ts-expect-error: an assistant shows no images
    promptTemplate('ASSISTANT: {photo:image}\nUSER: Why?')
    // @ts-expect-error: messages are no lists
    promptTemplate('MESSAGES: {history:list}')
    // @ts-expect-error: whose words are these?
    promptTemplate('MESSAGES: {history}\nGo on.')
    // @ts-expect-error: one or several
    promptTemplate('{photo:image} {photo:images}')
  })
})

describe('defineCall', () => {
  test('takes a template for its prompt', async () => {
    const recommend = defineCall({ model: acme, mood: 'calm', prompt: promptTemplate('Recommend a {genre} book') })
    expectTypeOf(recommend).toEqualTypeOf<Call<[variables: { genre: TemplateValue }], AcmeTypes>>()
    await recommend({ genre: 'fantasy' })
    recommend.stream({ genre: 'fantasy' })
    // @ts-expect-error: a genre is missing
    await recommend({})
    // @ts-expect-error: there is no such variable
    recommend.stream({ genre: 'fantasy', count: 3 })
  })

  test('takes no arguments without variables', () => {
    expectTypeOf(defineCall({ model, prompt: promptTemplate('Hello') })).toEqualTypeOf<Call<[], ProviderTypes>>()
  })

  test('takes what the documentation shows', async () => {
    const recommendBook = defineCall({
      model,
      prompt: promptTemplate(`
        SYSTEM: You are a librarian. You recommend these and no others:
        {books:list}
        MESSAGES: {history}
        USER: Recommend a {genre} book by somebody like {author.name}.
      `),
    })
    await recommendBook({ books: ['Momo', 'Emil'], history: [], genre: 'fantasy', author: { name: 'Ende' } })
    type Variables = TemplateVariables<'Recommend {count} {genre} books by {author.name}'>
    expectTypeOf<Variables>().toExtend<{ author: { name: TemplateValue } }>()
  })
})
