import type { AssistantMessage, Message } from '@interlingua/core'
import { createSimulator, type RequestRecord, type Script } from '@interlingua/simulator'
import { Marked, type PlannedAnswer, type Round } from './conversation.ts'
import type { Provider } from './provider.ts'

/** A tool that all conversations have, and that is called because a script says so. */
const look = {
  name: 'look',
  description: 'Looks something up',
  parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
} as const

/** What was asked and answered. */
export interface Exchange {
  readonly body: Readonly<Record<string, unknown>>
  readonly message: AssistantMessage
  readonly response: Awaited<ReturnType<ReturnType<ReturnType<Provider['connect']>>['call']>>
}

/** A simulator that says what it is told, for conversations that move between providers. */
export class Stage {
  readonly #simulator
  #script: Script = {}

  constructor() {
    this.#simulator = createSimulator({ script: () => this.#script, keepRequests: 2 })
  }

  /** Goes on with a conversation at a provider, whose answer is scripted. A request that is refused throws. */
  async ask(provider: Provider, messages: readonly Message[], script: Script = { text: 'Well.' }): Promise<Exchange> {
    this.#script = script
    const model = provider.connect({ url: 'http://simulator.test', fetch: this.#simulator.fetch })(provider.thinker)
    const response = await model.call([...messages], {
      tools: [look],
      retry: { attempts: 1 },
      ...provider.options,
      ...provider.thinkingOptions,
    })
    const { body } = this.#simulator.requests.at(-1) ?? ({} as RequestRecord)
    return { body: body as Exchange['body'], message: response.message, response }
  }

  /** Holds a conversation as it is planned, each live answer with the next of the providers, up to a question. */
  async hold(plan: readonly Round[], at: (round: number) => Provider): Promise<Message[]> {
    const marked = new Marked()
    const messages: Message[] = []
    for (const [index, { system, user, answer, orphan, isReversed }] of plan.entries()) {
      if (system) messages.push(marked.system())
      messages.push(marked.user(user))
      const said = answer.live
        ? (await this.ask(at(index), messages, scriptOf(answer, marked))).message
        : marked.answer(answer)
      messages.push(said)
      const results = (said.toolCalls ?? []).flatMap(({ id }, place) =>
        marked.result(id, answer.calls[place]?.result ?? 'text'),
      )
      messages.push(...(isReversed ? results.toReversed() : results))
      if (orphan) messages.push({ role: 'tool', toolCallId: 'lost', content: `Found ${marked.word()}` })
    }
    return [...messages, marked.user(['text'])]
  }
}

function scriptOf({ thinking, text, refusal, plan, citation, calls }: PlannedAnswer, marked: Marked): Script {
  const isRefused = refusal && calls.length === 0
  return {
    thinking: thinking ? `Thought ${marked.word()}.` : '',
    ...(text && !isRefused && { text: `Said ${marked.word()}.` }),
    ...(isRefused && { refusal: `Refused ${marked.word()}.` }),
    ...(text &&
      !isRefused &&
      citation && { citations: [{ start: 0, end: 4, url: 'https://example.com/', title: marked.word() }] }),
    toolCalls: calls.map(() => ({ name: 'look', arguments: { query: marked.word() } })),
    ...(plan && { cohere: { plan: `Planned ${marked.word()}.` } }),
  }
}
