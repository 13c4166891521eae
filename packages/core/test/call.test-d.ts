import { describe, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  type BaseCallResponse,
  type Call,
  type CallMetadata,
  type CallRecord,
  type Cost,
  type DeepPartial,
  defineCall,
  defineTool,
  type DynamicConfig,
  type ExplainOptions,
  type Explanation,
  type FinishReason,
  jsonSchema,
  type Message,
  type Model,
  type Partials,
  promptTemplate,
  type ProviderTypes,
  retry,
  structured,
  type StructuredCall,
  type ToolMessage,
  type Usage,
  type UserMessage,
} from '../src/index.ts'

declare const model: Model

interface AcmeTypes extends ProviderTypes {
  Params: { readonly temperature?: number; readonly mood?: 'calm' | 'wild' }
}
declare const acme: Model<AcmeTypes>
declare const wild: Model<AcmeTypes>

interface Book {
  title: string
  year: number
}
const book: z.ZodType<Book, Book> = z.object({ title: z.string(), year: z.int() })

interface User {
  readonly user: string
}
const greet = defineTool({ name: 'greet', run: (_, { user }: User) => `Hello ${user}` })
const plain = defineTool({ name: 'plain', run: () => 'Hello' })

describe('a dynamic config', () => {
  test('needs no annotations, and keeps the arguments', () => {
    const ask = defineCall({
      model: acme,
      prompt: async (genre: string, hard?: boolean) => ({
        messages: genre,
        mood: 'wild',
        tools: [plain],
        metadata: { tags: ['a'] },
        computedFields: { n: 1 },
        ...(hard && { model: wild }),
      }),
    })
    expectTypeOf(ask).toEqualTypeOf<Call<[genre: string, hard?: boolean | undefined], AcmeTypes>>()
    expectTypeOf(ask.messages).parameters.toEqualTypeOf<[genre: string, hard?: boolean | undefined]>()
    // @ts-expect-error: a genre is text
    void ask(1)
    // @ts-expect-error: the genre is missing
    void ask.messages()
    // @ts-expect-error: the genre is missing
    void ask.explain.stream()
  })

  test('may be one of several results of a prompt', () => {
    const ask = defineCall({
      model: acme,
      prompt: (kind: 'text' | 'list' | 'config') =>
        kind === 'text' ? 'Hi' : kind === 'list' ? [{ role: 'user', content: 'Hi' }] : { messages: 'Hi', mood: 'calm' },
    })
    expectTypeOf(ask).parameters.toEqualTypeOf<[kind: 'text' | 'list' | 'config']>()
    void acme.call(() => ({ messages: 'Hi', mood: 'calm' }))
    void acme.stream(async () => ({ messages: [{ role: 'user', content: 'Hi' }], mood: 'calm' }))
    void retry(acme).call(() => ({ messages: 'Hi', temperature: 0, model: wild }))
    void acme.explain(() => ({ messages: 'Hi', mood: 'calm' }), { temperature: 0 }, { stream: true })
  })

  test('is refused where it is wrong', () => {
    // @ts-expect-error: no such mood
    defineCall({ model: acme, prompt: () => ({ messages: 'Hi', mood: 'cross' }) })
    // @ts-expect-error: there are no messages
    defineCall({ model: acme, prompt: () => ({ temperature: 0 }) })
    // @ts-expect-error: nothing is returned
    defineCall({ model: acme, prompt: () => {} })
    // @ts-expect-error: a number is no prompt
    defineCall({ model: acme, prompt: () => 42 })
    // @ts-expect-error: tools are a list
    defineCall({ model: acme, prompt: () => ({ messages: 'Hi', tools: plain }) })
    // @ts-expect-error: the model of another provider does not take the same parameters
    defineCall({ model: acme, prompt: () => ({ messages: 'Hi', model }) })
    // @ts-expect-error: the signal is the call's
    defineCall({ model: acme, prompt: () => ({ messages: 'Hi', signal: AbortSignal.abort() }) })
    // @ts-expect-error: tags are a list of texts
    defineCall({ model: acme, prompt: () => 'Hi', metadata: { tags: 'checkout' } })
    // @ts-expect-error: a template is a function, and has to be called
    defineCall({ model: acme, prompt: () => ({ messages: promptTemplate('Hi') }) })
    // @ts-expect-error: no such role
    void acme.call(() => ({ messages: [{ role: 'robot', content: 'Hi' }] }))
    // @ts-expect-error: no such option
    void acme.explain('Hi', {}, { streamed: true })
  })
})

describe('a dynamic template', () => {
  const template = promptTemplate('{read:list} {genre}')

  test('takes the arguments of its function', () => {
    const prompt = template.dynamic(async ({ genre }: { genre: string; reader: string }) => ({
      computedFields: { read: [genre] },
      mood: 'calm',
    }))
    const ask = defineCall({ model: acme, prompt })
    expectTypeOf(ask).parameters.toEqualTypeOf<[{ genre: string; reader: string }]>()
    expectTypeOf(prompt.template).toEqualTypeOf<string>()
    const all = template.dynamic((genre: string) => ({ computedFields: { genre, read: [] } }))
    expectTypeOf(all).parameters.toEqualTypeOf<[genre: string]>()
    const corrected = template.dynamic((_given: { genre: Date; read: string[] }) => ({
      computedFields: { genre: 'new' },
    }))
    expectTypeOf(corrected).parameters.toEqualTypeOf<[{ genre: Date; read: string[] }]>()
  })

  test('needs every variable, from the arguments or computed', () => {
    // @ts-expect-error: what was read is missing
    template.dynamic((_given: { genre: string }) => ({ computedFields: {} }))
    // @ts-expect-error: what was read is a list
    template.dynamic((_given: { genre: string }) => ({ computedFields: { read: 'Momo' } }))
    // @ts-expect-error: a date is no text of a template
    template.dynamic((_given: { genre: Date }) => ({ computedFields: { read: [] } }))
    // @ts-expect-error: there are no computed fields at all
    template.dynamic((_given: { genre: string }) => ({ temperature: 0 }))
    const prompt = template.dynamic(() => ({ computedFields: { genre: '', read: [] }, mood: 'cross' }))
    // @ts-expect-error: no such mood
    defineCall({ model: acme, prompt })
  })

  test('refuses what its text does not say', () => {
    // @ts-expect-error: misspelled
    template({ gener: 'fantasy', read: [] })
    // @ts-expect-error: a variable is missing
    template({ genre: 'fantasy' })
    const ask = defineCall({ model: acme, prompt: template })
    // @ts-expect-error: the variables are one object
    void ask('fantasy', [])
    // @ts-expect-error: what was read is a list
    void ask.messages({ genre: 'fantasy', read: 'Momo' })
  })
})

describe('the output of a call', () => {
  const prompt = (genre: string): string => `A ${genre} book`

  test('is typed in the response, in partials and in a run', async () => {
    const ask = defineCall({ model: acme, prompt, output: book, outputOptions: { repair: { attempts: 1 } } })
    expectTypeOf(ask).toEqualTypeOf<StructuredCall<[genre: string], AcmeTypes, Book>>()
    expectTypeOf((await ask('fantasy')).output).toEqualTypeOf<Book>()
    expectTypeOf((await ask.stream('fantasy').response()).output).toEqualTypeOf<Book>()
    expectTypeOf(ask.stream('fantasy').partials()).toEqualTypeOf<Partials<DeepPartial<Book>>>()
    expectTypeOf((await ask.run(['fantasy'])).response.output).toEqualTypeOf<Book>()
    expectTypeOf((await ask.runStream(['fantasy']).result()).response.output).toEqualTypeOf<Book>()
    expectTypeOf((await (await ask('fantasy')).resume('Another one')).output).toEqualTypeOf<Book>()
    expectTypeOf(
      (await defineCall({ model: acme, prompt, output: jsonSchema<Book>({}) })('a')).output,
    ).toEqualTypeOf<Book>()
    // @ts-expect-error: there is no such field
    void (await ask('fantasy')).output.author
    // @ts-expect-error: nothing has to be there yet
    for await (const { year } of ask.stream('fantasy').partials()) void year.toFixed()
  })

  test('goes together with tools', async () => {
    const ask = defineCall({ model: acme, prompt, output: book, tools: [greet] })
    const { response } = await ask.run(['fantasy'], { context: { user: 'Ada' } })
    expectTypeOf(response.output).toEqualTypeOf<Book>()
    void response.runTools({ context: { user: 'Ada' } })
    // @ts-expect-error: the tool needs a context
    void ask.run(['fantasy'])
  })

  test('can be given later, and stays with other options', async () => {
    const text = defineCall({ model: acme, prompt })
    const ask = text.with({ output: book })
    expectTypeOf((await ask('fantasy')).output).toEqualTypeOf<Book>()
    expectTypeOf((await ask.with({ temperature: 0 })('fantasy')).output).toEqualTypeOf<Book>()
    expectTypeOf((await ask.with({ model: wild })('fantasy')).output).toEqualTypeOf<Book>()
    expectTypeOf((await ask.with({ output: z.array(z.string()) })('fantasy')).output).toEqualTypeOf<string[]>()
    expectTypeOf(ask.with({ tools: [greet] })).toEqualTypeOf<StructuredCall<[genre: string], AcmeTypes, Book, User>>()
    expectTypeOf(text.with({ model })).toEqualTypeOf<Call<[genre: string], ProviderTypes>>()
    // @ts-expect-error: the call without it has none
    void (await text('fantasy')).output
    // @ts-expect-error: no such mood
    text.with({ mood: 'cross' })
    // @ts-expect-error: only Acme has moods
    text.with({ model, mood: 'calm' })
  })

  test('is a schema, and what belongs to it has a place of its own', () => {
    // @ts-expect-error: a text is no schema
    defineCall({ model: acme, prompt, output: 'book' })
    // @ts-expect-error: no such mode
    defineCall({ model: acme, prompt, output: book, outputOptions: { mode: 'strict' } })
    // @ts-expect-error: misspelled
    defineCall({ model: acme, prompt, output: book, outputOption: { mode: 'tool' } })
    // @ts-expect-error: a model is asked for an output by `structured`
    void acme.call('Hi', { output: book })
    // @ts-expect-error: how to ask belongs into `outputOptions`
    defineCall({ model: acme, prompt, output: book, repair: { attempts: 1 } })
  })
})

describe('the tools of a response', () => {
  const prompt = (): string => 'Hi'

  test('are run with the context that the tools of its call need', async () => {
    const ask = defineCall({ model: acme, prompt, tools: [greet, plain] })
    const response = await ask()
    expectTypeOf(response.runTools({ context: { user: 'Ada' } })).resolves.toEqualTypeOf<ToolMessage[]>()
    const streamed = await ask.stream().response()
    void streamed.runTools({ context: { user: 'Ada' }, toolConcurrency: 1 })
    const resumed = await response.resume('Go on')
    void resumed.runTools({ context: { user: 'Ada' } })
    expectTypeOf(response).toExtend<BaseCallResponse>()
    // @ts-expect-error: the tools need a context
    void response.runTools()
    // @ts-expect-error: the tools need a context
    void streamed.runTools({ toolConcurrency: 1 })
    // @ts-expect-error: the user is text
    void response.runTools({ context: { user: 1 } })
    // @ts-expect-error: the user is missing
    void resumed.runTools({ context: {} })
    // @ts-expect-error: the context is that of the tools, also after a resumption as a stream
    void (await response.resumeStream('Go on').response()).runTools({ context: { reader: 'Ada' } })
  })

  test('need nothing where no tool is known to need anything', async () => {
    void (await defineCall({ model: acme, prompt, tools: [plain] })()).runTools()
    void (await defineCall({ model: acme, prompt })()).runTools({ context: { any: 'thing' } })
    void (await model.call('Hi', { tools: [greet] })).runTools()
    void (await structured(acme, book).call('Hi')).runTools()
    // @ts-expect-error: misspelled
    void (await model.call('Hi')).runTools({ contxt: {} })
  })
})

describe('what a stream and a response tell', () => {
  const ask = defineCall({ model: acme, prompt: promptTemplate('A {genre} book') })

  test('has the same names and types', async () => {
    const stream = ask.stream({ genre: 'fantasy' })
    const response = await stream.response()
    expectTypeOf(stream.call).toEqualTypeOf<CallRecord<AcmeTypes>>()
    expectTypeOf(response.call).toEqualTypeOf<CallRecord>()
    expectTypeOf(stream.call.dynamicConfig).toEqualTypeOf<DynamicConfig<AcmeTypes> | undefined>()
    expectTypeOf(stream.call.args).toEqualTypeOf<readonly unknown[] | undefined>()
    expectTypeOf(stream.call.template).toEqualTypeOf<string | undefined>()
    expectTypeOf(stream.call.metadata).toEqualTypeOf<CallMetadata>()
    expectTypeOf(stream.call.params.mood).toEqualTypeOf<'calm' | 'wild' | undefined>()
    expectTypeOf(stream.userMessage).toEqualTypeOf<UserMessage | undefined>()
    expectTypeOf(response.userMessage).toEqualTypeOf<UserMessage | undefined>()
    expectTypeOf(stream.finishReason).toEqualTypeOf<FinishReason | undefined>()
    expectTypeOf(response.finishReason).toEqualTypeOf<FinishReason>()
    expectTypeOf(stream.usage).toEqualTypeOf<Usage>()
    expectTypeOf(stream.cost).toEqualTypeOf<Cost | undefined>()
    expectTypeOf(stream.startedAt).toEqualTypeOf<number | undefined>()
    expectTypeOf(response.startedAt).toEqualTypeOf<number>()
    expectTypeOf(response.endedAt).toEqualTypeOf<number | undefined>()
    // @ts-expect-error: a stream is read, and not written
    stream.content = ''
    // @ts-expect-error: there may be no arguments: a model can be asked without a call
    void response.call.args.length
    // @ts-expect-error: what belongs to the stream itself is not public
    void stream.whole
  })

  test('of a preview is what would be sent', () => {
    expectTypeOf(ask.messages).returns.resolves.toEqualTypeOf<readonly Message[]>()
    expectTypeOf(ask.explain).returns.resolves.toEqualTypeOf<Explanation<AcmeTypes>>()
    expectTypeOf(ask.explain.stream).parameters.toEqualTypeOf<
      [variables: { genre: string | number | bigint | boolean | null | undefined }]
    >()
    expectTypeOf(acme.explain).parameter(2).toEqualTypeOf<ExplainOptions | undefined>()
    // @ts-expect-error: misspelled
    void ask.explain({ gener: 'fantasy' })
    // @ts-expect-error: a model that cannot explain is none
    expectTypeOf<Omit<Model, 'explain'>>().toExtend<Model>()
  })
})

describe('a common mistake does not compile', () => {
  test('in the definition of a call', () => {
    // @ts-expect-error: there is no model
    defineCall({ prompt: () => 'Hi' })
    // @ts-expect-error: there is no prompt
    defineCall({ model })
    // @ts-expect-error: a name of a model is no model
    defineCall({ model: 'command-a-03-2025', prompt: () => 'Hi' })
    // @ts-expect-error: a prompt is a function, also where it takes nothing
    defineCall({ model, prompt: 'Hi' })
    // @ts-expect-error: a tool has a name
    defineCall({ model, prompt: () => 'Hi', tools: [{ parameters: {} }] })
    // @ts-expect-error: the temperature is a number
    defineCall({ model, prompt: () => 'Hi', temperature: '0' })
    // @ts-expect-error: one of several results is no prompt
    defineCall({ model, prompt: (hard: boolean) => (hard ? 'Hi' : undefined) })
    // @ts-expect-error: an async prompt gives nothing
    defineCall({ model, prompt: async () => {} })
  })

  test('in its use', async () => {
    const ask = defineCall({ model: acme, prompt: (genre: string) => genre })
    // @ts-expect-error: a promise has no content: `await` is missing
    void ask('fantasy').content
    // @ts-expect-error: a stream is no promise of a response
    void ask.stream('fantasy').then
    // @ts-expect-error: options belong to the definition, or to `with`
    void ask('fantasy', { temperature: 0 })
    // @ts-expect-error: the prompt stays that of the call
    ask.with({ prompt: () => 'Hi' })
    // @ts-expect-error: the record is what was, and is not to be written to
    ;(await ask('fantasy')).call = { metadata: {}, config: {}, params: {} }
    // @ts-expect-error: an explanation has not been answered
    void (await ask.explain('fantasy')).content
    // @ts-expect-error: a preview has no role of its own
    void (await ask.messages('fantasy')).role
    // @ts-expect-error: tags are given in `metadata`
    ask.with({ tags: ['checkout'] })
  })
})
