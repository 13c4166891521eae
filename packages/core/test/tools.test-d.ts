import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  type BaseCallResponse,
  type BaseTool,
  type ContextOf,
  defineCall,
  defineTool,
  defineToolkit,
  jsonSchema,
  type Model,
  type OutputOf,
  readSchema,
  type RunEvent,
  type RunResult,
  type RunSoFar,
  type StopReason,
  type Tool,
  type ToolDefinition,
  type ToolInvocation,
  type ToolMessage,
  type ToolResult,
  type Validated,
} from '../src/index.ts'

declare const model: Model
declare const response: BaseCallResponse

interface Database {
  find(id: string): { readonly name: string }
}
interface User {
  readonly user: string
}

const input = z.object({ city: z.string(), days: z.coerce.number().default(1) })

describe('a schema', () => {
  test('gives the type of what it lets through', () => {
    expectTypeOf<OutputOf<typeof input>>().toEqualTypeOf<{ city: string; days: number }>()
    expectTypeOf(readSchema(input, 'input').validate).returns.resolves.toEqualTypeOf<
      Validated<{ city: string; days: number }>
    >()
    const schema = jsonSchema<{ city: string }>({ type: 'object' })
    expectTypeOf<OutputOf<typeof schema>>().toEqualTypeOf<{ city: string }>()
    expectTypeOf<OutputOf<{ type: 'object' }>>().toEqualTypeOf<unknown>()
  })
})

describe('defineTool', () => {
  test('types the arguments by the schema, of any library', () => {
    defineTool({ name: 'a', input, run: (args) => expectTypeOf(args).toEqualTypeOf<{ city: string; days: number }>() })
    const arktype = type({ city: 'string', 'days?': 'number' })
    defineTool({
      name: 'b',
      input: arktype,
      run: (args) => expectTypeOf(args).toEqualTypeOf<{ city: string; days?: number }>(),
    })
    const valibot = v.object({ city: v.string() })
    defineTool({ name: 'c', input: valibot, run: (args) => expectTypeOf(args).toEqualTypeOf<{ city: string }>() })
    const typed = jsonSchema<{ city: string }>({ type: 'object' })
    defineTool({ name: 'd', input: typed, run: (args) => expectTypeOf(args).toEqualTypeOf<{ city: string }>() })
    defineTool({ name: 'e', input: { type: 'object' }, run: (args) => expectTypeOf(args).toBeUnknown() })
    defineTool({ name: 'f', run: (args) => expectTypeOf(args).toBeUnknown() })
  })

  test('refuses what the schema does not say', () => {
    // @ts-expect-error: there is a city, and no town
    defineTool({ name: 'a', input, run: ({ town }) => town })
    // @ts-expect-error: the days are a number
    defineTool({ name: 'a', input, run: ({ days }) => days.trim() })
    // @ts-expect-error: nobody said that there is a city; `jsonSchema<{ city: string }>` does
    defineTool({ name: 'a', input: { type: 'object' }, run: ({ city }: { city: string }) => city })
    // @ts-expect-error: a tool does something
    defineTool({ name: 'a', input })
    // @ts-expect-error: a tool has a name
    defineTool({ input, run: () => 1 })
    // @ts-expect-error: misspelled
    defineTool({ name: 'a', inputs: input, run: () => 1 })
  })

  test('types the result, and the tool as a function', () => {
    const tool = defineTool({ name: 'a', input, run: async ({ city }) => city.length })
    expectTypeOf(tool).toEqualTypeOf<
      Tool<(args: { city: string; days: number }, context: unknown, invocation: ToolInvocation) => Promise<number>>
    >()
    expectTypeOf(tool).toExtend<ToolDefinition>()
    expectTypeOf(tool).toExtend<Tool>()
    // @ts-expect-error: the days are missing: `run` gets what the schema has made of the arguments
    void tool.run({ city: 'Paris' }, undefined, null as never)
  })

  test('gives the signal and the call', () => {
    defineTool({
      name: 'a',
      run: (_, context, { signal, toolCall }) => {
        expectTypeOf(context).toBeUnknown()
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
        expectTypeOf(toolCall.args).toBeUnknown()
      },
    })
  })
})

const find = defineTool({ name: 'find', input, run: ({ city }, database: Database) => database.find(city) })
const greet = defineTool({ name: 'greet', run: (_, { user }: User) => `Hello ${user}` })
const plain: ToolDefinition = { name: 'plain', parameters: {} }

describe('the context', () => {
  test('is all that the tools ask for', () => {
    expectTypeOf<ContextOf<typeof find>>().toEqualTypeOf<Database>()
    expectTypeOf<ContextOf<typeof find | typeof greet>>().toEqualTypeOf<Database & User>()
    expectTypeOf<ContextOf<typeof find | ToolDefinition>>().toEqualTypeOf<Database>()
    expectTypeOf<ContextOf<ToolDefinition>>().toBeUnknown()
    expectTypeOf<ContextOf<never>>().toBeUnknown()
  })

  test('has to be given to a run, whole', () => {
    const ask = defineCall({ model, prompt: (city: string) => city, tools: [find, greet, plain] })
    const database: Database = { find: (name) => ({ name }) }
    void ask.run(['Paris'], { context: { ...database, user: 'Ada' } })
    ask.runStream(['Paris'], { context: { ...database, user: 'Ada' }, maxSteps: 3 })
    // @ts-expect-error: the tools need a context
    void ask.run(['Paris'])
    // @ts-expect-error: the tools need a context
    ask.runStream(['Paris'], { maxSteps: 3 })
    // @ts-expect-error: the user is missing
    void ask.run(['Paris'], { context: database })
    // @ts-expect-error: the user is text
    void ask.run(['Paris'], { context: { ...database, user: 1 } })
  })

  test('need not be given where no tool asks for one', () => {
    const ask = defineCall({ model, prompt: () => 'Hi', tools: [plain] })
    void ask.run([])
    void defineCall({ model, prompt: () => 'Hi' }).runStream([], { maxSteps: 3 })
  })

  test('follows other tools', () => {
    const ask = defineCall({ model, prompt: () => 'Hi', tools: [find] })
    void ask.with({ tools: [greet] }).run([], { context: { user: 'Ada' } })
    // @ts-expect-error: these tools want the user
    void ask.with({ tools: [greet] }).run([], { context: { find: (name: string) => ({ name }) } })
    // @ts-expect-error: other parameters leave the tools as they are
    void ask.with({ temperature: 0 }).run([])
  })
})

describe('defineToolkit', () => {
  const library = defineToolkit({
    namespace: 'library',
    state: { books: ['Dune'] },
    tools: ({ books }) => [defineTool({ name: 'has', run: (_, { user }: User) => books.includes(user) })],
    describe: ({ books }) => `It has ${books.length}`,
  })

  test('keeps the types of its tools and of its state', () => {
    expectTypeOf(library.state).toEqualTypeOf<{ books: string[] }>()
    const ask = defineCall({ model, prompt: () => 'Hi', tools: [...library, plain] })
    void ask.run([], { context: { user: 'Ada' } })
    // @ts-expect-error: a tool of the library wants the user
    void ask.run([])
  })

  test('asks for no context where its tools want none', () => {
    const book = jsonSchema<{ title: string }>({ type: 'object' })
    const shelf = defineToolkit({
      namespace: 'shelf',
      state: { titles: ['Dune'] },
      tools: ({ titles }) => [defineTool({ name: 'add', input: book, run: ({ title }) => titles.push(title) })],
    })
    void defineCall({ model, prompt: () => 'Hi', tools: [...shelf] }).run([])
  })

  test('describes what its state has', () => {
    defineToolkit({
      namespace: 'library',
      state: { books: ['Dune'] },
      tools: [greet],
      // @ts-expect-error: there are books, and no films
      describe: ({ films }) => `It has ${films}`,
    })
  })
})

describe('a run', () => {
  const ask = defineCall({ model, prompt: (city: string, days?: number) => `${city} ${days}` })

  test('takes the arguments of the prompt in a list', () => {
    expectTypeOf(ask.run).returns.resolves.toEqualTypeOf<RunResult>()
    void ask.run(['Paris'])
    void ask.run(['Paris', 3], { stopWhen: ({ response: { content } }) => content.includes('rain') })
    // @ts-expect-error: a city is text
    void ask.run([3])
    // @ts-expect-error: the arguments are a list
    void ask.run('Paris')
    // @ts-expect-error: misspelled
    void ask.run(['Paris'], { maxStep: 3 })
  })

  test('tells why it ended', () => {
    expectTypeOf<RunResult['stopReason']>().toEqualTypeOf<StopReason>()
    expectTypeOf<RunResult['response']>().toEqualTypeOf<BaseCallResponse>()
    expectTypeOf<RunSoFar['response']>().toEqualTypeOf<BaseCallResponse | undefined>()
    expectTypeOf<RunResult>().toExtend<RunSoFar>()
    // @ts-expect-error: an unfinished run has no such reason
    expectTypeOf<RunSoFar['stopReason']>().toEqualTypeOf<StopReason>()
  })

  test('has events that are told apart by their type', () => {
    expectTypeOf<Extract<RunEvent, { type: 'chunk' }>['tool']>().toEqualTypeOf<BaseTool | undefined>()
    expectTypeOf<Extract<RunEvent, { type: 'tool-result' }>['result']>().toEqualTypeOf<ToolResult>()
    // @ts-expect-error: a step has no chunk
    expectTypeOf<Extract<RunEvent, { type: 'step' }>['chunk']>().toBeUnknown()
  })
})

describe('a response', () => {
  test('runs its tools and is resumed', () => {
    expectTypeOf(response.runTools).returns.resolves.toEqualTypeOf<ToolMessage[]>()
    expectTypeOf(response.resume).returns.resolves.toEqualTypeOf<BaseCallResponse>()
    expectTypeOf(response.resumeStream('Go on').response).returns.resolves.toEqualTypeOf<BaseCallResponse>()
    void response.resume([{ role: 'user', content: 'Go on' }], { temperature: 0 })
    // @ts-expect-error: no such role
    void response.resume([{ role: 'robot', content: 'Go on' }])
    // @ts-expect-error: a number is nothing that a user says
    void response.resume(3)
  })
})
