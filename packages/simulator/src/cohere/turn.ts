import { askLibrarian } from '../librarian.ts'
import type { Script } from '../script.ts'
import { tokenPieces } from '../tokens.ts'
import type { BlockType } from './events.ts'
import type { Model } from './models.ts'
import type { ChatRequest, ContentPart, FinishReason, Message } from './wire.ts'

/** A block of an answer, as the pieces that are streamed; they may be endless. */
interface Block {
  readonly type: BlockType
  readonly pieces: Iterable<string>
}

/**
 * What will be said, before the limit on tokens cuts it: the decision, made once for streamed and unstreamed answers.
 * Tool calls, plans and citations will be further fields of it.
 */
export interface Turn {
  readonly blocks: readonly Block[]
  /** How it ends if the limit does not cut it. */
  readonly finishReason: FinishReason
  /** Tokens after which it is cut with `MAX_TOKENS`. */
  readonly maxTokens: number
}

/** Decides the turn that answers a request. */
export function decideTurn(request: ChatRequest, model: Model, script: Script): Turn {
  const answer = askLibrarian({ turns: request.messages.map(plainTurn), seed: request.seed ?? undefined })
  const text = script.text ?? `${unsupported(request)}${answer.text}`
  const stopped = script.deltas ? undefined : cutAtStop(text, request.stop_sequences ?? [])
  const pieces = script.deltas ?? tokenPieces(stopped ?? text)
  const blocks: Block[] = [{ type: 'text', pieces: first(pieces, script.cohere?.afterTokens) }]
  if (model.reasons && request.thinking?.type !== 'disabled') {
    const thinking = tokenPieces(script.thinking ?? answer.thinking)
    blocks.unshift({ type: 'thinking', pieces: first(thinking, request.thinking?.token_budget ?? undefined) })
  }
  return {
    blocks,
    finishReason: script.cohere?.finishReason ?? (stopped === undefined ? 'COMPLETE' : 'STOP_SEQUENCE'),
    // Documented: a limit above the model's own is lowered to it.
    maxTokens: Math.min(request.max_tokens || Infinity, model.maxOutput),
  }
}

/** The text of a message, whatever form its content has. */
export function textOf(message: Message): string {
  const { content } = message
  if (typeof content === 'string') return content
  return (content ?? []).map(textOfPart).join('')
}

function textOfPart(part: ContentPart): string {
  if (part.document !== undefined) return JSON.stringify(part.document)
  return part.text ?? ''
}

function plainTurn(message: Message): { role: string; text: string } {
  return { role: message.role, text: textOf(message) }
}

// Silence would look like a model that chose not to do what it was told to.
function unsupported(request: ChatRequest): string {
  if (request.tool_choice === 'REQUIRED') return 'This simulator does not call tools yet, so here is plain text. '
  if (request.response_format?.type === 'json_object') {
    return 'This simulator does not write JSON yet, so here is plain text. '
  }
  return ''
}

function cutAtStop(text: string, stops: readonly string[]): string | undefined {
  const found = stops.filter((stop) => stop !== '').map((stop) => text.indexOf(stop))
  const starts = found.filter((start) => start !== -1)
  return starts.length === 0 ? undefined : text.slice(0, Math.min(...starts))
}

function* first(pieces: Iterable<string>, count = Infinity): Iterable<string> {
  if (count <= 0) return
  let taken = 0
  for (const piece of pieces) {
    yield piece
    if (++taken >= count) return
  }
}
