import type { Script } from '../script.ts'
import { tokenPieces } from '../tokens.ts'
import { answerTo } from './answer.ts'
import { logprobsOf } from './logprobs.ts'
import type { Model } from './models.ts'
import { scriptedAnswer, type AnsweredCall } from './scripted-answer.ts'
import type { ChatRequest, Citation, FinishReason, Logprobs } from './wire.ts'

/** The kinds of content that an answer has, in the order in which they come. */
export type BlockType = 'thinking' | 'text'

/** A block of an answer, as the pieces that are streamed; they may be endless. */
interface Block {
  readonly type: BlockType
  readonly pieces: Iterable<string>
}

/** What will be said, before the limit on tokens cuts it: the decision, made once for streamed and unstreamed answers. */
export interface Turn {
  readonly plan: readonly string[] | undefined
  readonly blocks: readonly Block[]
  readonly calls: readonly AnsweredCall[]
  readonly citations: readonly Citation[]
  /** Citations come as soon as their text is there, instead of after all text. */
  readonly citesAtOnce: boolean
  /** The log probabilities of piece number `index` of the text, where they were asked for. */
  readonly logprobs: ((piece: string, index: number) => Logprobs) | undefined
  /** How it ends if the limit does not cut it. */
  readonly finishReason: FinishReason
  /** Tokens after which it is cut with `MAX_TOKENS`. */
  readonly maxTokens: number
  /** Tokens, thinking not counted, after which it ends as if that were all. */
  readonly lastToken: number
}

/** Decides the turn that answers a request. */
export function decideTurn(request: ChatRequest, model: Model, script: Script): Turn {
  const { deltas, cohere = {} } = script
  const answer = scriptedAnswer(answerTo(request, script.seed), script, request)
  const stopped = deltas ? undefined : cutAtStop(answer.text ?? '', request.stop_sequences ?? [])
  const text = deltas ?? (answer.text === undefined ? undefined : tokenPieces(stopped ?? answer.text))
  const thinks = model.reasons && request.thinking?.type !== 'disabled'
  const thinking: Block = {
    type: 'thinking',
    pieces: thinks ? tokenPieces(answer.thinking).slice(0, request.thinking?.token_budget ?? undefined) : [],
  }
  // Recorded: models that think have no plan.
  const plan = model.reasons ? cohere.plan : answer.plan
  const mode = request.citation_options?.mode?.toUpperCase()
  const off = mode === 'OFF' || mode === 'DISABLED'
  const within = answer.citations.filter(({ end }) => !off && end <= (stopped?.length ?? end))
  const ending = answer.calls.length > 0 ? 'TOOL_CALL' : stopped === undefined ? 'COMPLETE' : 'STOP_SEQUENCE'
  return {
    plan: plan === undefined ? undefined : tokenPieces(plan),
    blocks: [...(thinks ? [thinking] : []), ...(text ? [{ type: 'text' as const, pieces: text }] : [])],
    calls: answer.calls,
    citations: cohere.citations ?? within,
    citesAtOnce: mode === 'FAST',
    logprobs: request.logprobs ? (piece, index) => cohere.logprobs?.[index] ?? logprobsOf(piece) : undefined,
    finishReason: cohere.finishReason ?? ending,
    // Documented: a limit above the model's own is lowered to it.
    maxTokens: Math.min(request.max_tokens || Infinity, model.maxOutput),
    lastToken: cohere.afterTokens ?? Infinity,
  }
}

function cutAtStop(text: string, stops: readonly string[]): string | undefined {
  const found = stops.filter((stop) => stop !== '').map((stop) => text.indexOf(stop))
  const starts = found.filter((start) => start !== -1)
  return starts.length === 0 ? undefined : text.slice(0, Math.min(...starts))
}
