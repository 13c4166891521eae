import { answerQuestion, toolsOf } from '../engine.ts'
import type { ChosenCall, ToolSpec } from '../language/choose-tools.ts'
import type { ToolResult } from '../language/state-results.ts'
import { textOf } from './message-text.ts'
import { documentSources, textsOf, toolSources } from './sources.ts'
import type { ChatRequest, Citation, Source } from './wire.ts'

/** What the simulator says to a request, before a script, a stop sequence or a limit changes it. */
export interface Answer {
  readonly thinking: string
  /** What models that do not think say before they call tools. */
  readonly plan?: string
  readonly text?: string
  readonly citations: readonly Citation[]
  readonly calls: readonly ChosenCall[]
}

// Recorded for every model: a call that was demanded has a plan that says nothing.
const demandedPlan = 'I will use one or more of the available tools to find the answer'

/** Answers a request with what is in it: its tools, their results, its documents, or else the catalogue of books. `seed` is for requests without one. */
export function answerTo(request: ChatRequest, seed?: number): Answer {
  const { response_format: format, tool_choice: choice } = request
  const calls = request.messages.flatMap((message) => message.tool_calls ?? [])
  const documents = documentSources(request.documents ?? [])
  const { thinking, text, spans, ...answer } = answerQuestion({
    turns: request.messages.map((message) => ({ role: message.role, text: textOf(message) })),
    seed: request.seed ?? seed,
    tools: (request.tools ?? []).map(({ function: tool }): ToolSpec => ({
      name: tool?.name ?? '',
      description: tool?.description ?? '',
      parameters: { ...tool?.parameters, type: 'object' },
    })),
    choice: choice === 'REQUIRED' ? 'required' : choice === 'NONE' ? 'none' : 'auto',
    called: calls.map((call) => call.function?.name ?? undefined),
    results: toolSources(request.messages).map((source): ToolResult<Source> => {
      const call = calls.find(({ id }) => id === source.id.replace(/:\d+$/, ''))
      return { name: call?.function?.name ?? undefined, fields: textsOf(source), source }
    }),
    json: format?.type === 'json_object' ? { schema: format.json_schema ?? format.schema ?? undefined } : undefined,
    passages:
      documents.length === 0
        ? undefined
        : documents.flatMap((source) => textsOf(source).map(([, words]) => ({ text: words, source }))),
  })
  const planned = answer.calls.length > 0
  return {
    thinking,
    ...(planned && { plan: choice === 'REQUIRED' ? demandedPlan : planFor(answer.calls) }),
    ...(text !== undefined && { text }),
    citations: spans.map((span) => Object.assign({}, span, { type: 'TEXT_CONTENT' })),
    calls: answer.calls,
  }
}

/** The plan before calls of those tools. */
export function planFor(calls: readonly { readonly name: string }[]): string {
  return `I will use ${toolsOf(calls)} to answer the question.`
}
