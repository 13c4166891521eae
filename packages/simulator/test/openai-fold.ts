import type { Script } from '../src/index.ts'

/** A JSON object of a stream, or a whole answer. */
export type Event = Readonly<Record<string, unknown>>

/** What an answer says. */
export interface Said {
  text: string | undefined
  reasoning: string
  refusal: string | undefined
  calls: { id: string; name: string; arguments: string }[]
  finish: string
}

/** The pieces in which an answer came, where it was streamed. */
export interface Pieces {
  text: string[]
  calls: string[][]
  /** Whether there was reasoning, also where nothing is told of it. */
  thought: boolean
}

interface Delta {
  content?: string | { type: string; thinking?: { text: string }[]; text?: string }[] | null
  reasoning?: string | null
  reasoning_content?: string | null
  reasoning_details?: unknown[]
  refusal?: string | null
  tool_calls?: { index?: number; id?: string | null; function?: { name?: string; arguments?: string } }[] | null
}

interface Choice {
  index: number
  delta?: Delta
  message?: Delta
  finish_reason?: string | null
}

interface Item {
  type: string
  summary?: { text: string }[]
  content?: { type: string; text?: string; refusal?: string }[]
  call_id?: string
  name?: string
  arguments?: string
}

/** The data of a stream's events, `[DONE]` and comments left out. */
export function dataOf(body: string): Event[] {
  return body
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line): Event => JSON.parse(line.slice('data: '.length)))
}

/** The lines around the data: names of events, comments, and what ends a stream. */
export function framingOf(body: string): { named: boolean; done: boolean; comments: string[] } {
  const lines = body.split('\n')
  return {
    named: lines.some((line) => line.startsWith('event: ')),
    done: lines.includes('data: [DONE]'),
    comments: [...new Set(lines.filter((line) => line.startsWith(':')))],
  }
}

/** The kind of an event: its type, or where a chunk is in its chat. */
export function kindOfEvent(event: Event): string {
  if (typeof event['type'] === 'string') return event['type']
  const [choice] = choicesOf(event)
  if (!choice) return 'usage'
  if (choice.delta === undefined || event['object'] === 'chat.completion') return 'whole'
  if (choice.finish_reason != null) return event['usage'] == null ? 'finish' : 'finish with usage'
  const { tool_calls: calls, content, reasoning, reasoning_content: other, refusal } = choice.delta
  if (calls) return calls[0]?.id == null ? 'arguments' : 'call'
  if (refusal != null && refusal !== '') return 'refusal'
  if ((reasoning ?? other ?? '') !== '' || Array.isArray(content)) return 'reasoning'
  return content == null || content === '' ? 'first' : 'text'
}

/** Kinds of events in order; several of one kind in a row are one. */
export function outlineOf(events: readonly Event[]): string[] {
  const kinds = events.map((event) => `${choicesOf(event)[0]?.index ?? ''} ${kindOfEvent(event)}`)
  return kinds.filter((kind, at) => kind !== kinds[at - 1])
}

/** Puts the first choice of a chat's stream together. */
export function foldChat(events: readonly Event[]): Said {
  const said = empty()
  for (const event of events) {
    const choice = choicesOf(event).find(({ index }) => index === 0)
    if (!choice) continue
    said.finish = choice.finish_reason ?? said.finish
    add(said, choice.delta ?? {})
  }
  return trimmed(said)
}

/** What the first choice of a whole chat says. */
export function wholeChat(body: string): Said {
  const { choices }: { choices: Choice[] } = JSON.parse(body)
  const said = empty()
  add(said, choices[0]?.message ?? {})
  said.finish = choices[0]?.finish_reason ?? ''
  return trimmed(said)
}

/** What a response says by its deltas. */
export function foldResponse(events: readonly Event[]): Said {
  const said = empty()
  const open = new Map<unknown, Said['calls'][number]>()
  for (const event of events) {
    const delta = typeof event['delta'] === 'string' ? event['delta'] : ''
    if (event['type'] === 'response.output_text.delta') said.text = (said.text ?? '') + delta
    if (event['type'] === 'response.refusal.delta') said.refusal = (said.refusal ?? '') + delta
    if (event['type'] === 'response.reasoning_summary_text.delta') said.reasoning += delta
    if (event['type'] === 'response.output_item.added') {
      const { item, output_index: at }: { item?: Item; output_index?: number } = event
      if (item?.type === 'function_call') {
        const call = { id: item.call_id ?? '', name: item.name ?? '', arguments: '' }
        open.set(at, call)
        said.calls.push(call)
      }
    }
    const call = open.get(event['output_index'])
    if (event['type'] === 'response.function_call_arguments.delta' && call) call.arguments += delta
    if (/^response\.(?:completed|incomplete|failed)$/.test(String(event['type']))) said.finish = String(event['type'])
  }
  return said
}

/** What a whole response says. */
export function wholeResponse(body: string): Said {
  const { output, status }: { output: Item[]; status: string } = JSON.parse(body)
  const said = { ...empty(), finish: `response.${status}` }
  for (const item of output) {
    for (const part of item.content ?? []) {
      if (part.type === 'output_text') said.text = (said.text ?? '') + (part.text ?? '')
      if (part.type === 'refusal') said.refusal = part.refusal
    }
    said.reasoning += (item.summary ?? []).map(({ text }) => text).join('')
    if (item.type === 'function_call') {
      said.calls.push({ id: item.call_id ?? '', name: item.name ?? '', arguments: item.arguments ?? '' })
    }
  }
  return said
}

/** The pieces of a stream: of its first choice, or of its response. */
export function piecesOf(events: readonly Event[]): Pieces {
  const pieces: Pieces = { text: [], calls: [], thought: false }
  let at = -1
  for (const event of events) {
    const { delta, item }: { delta?: string; item?: Item } = event
    if (item?.type === 'reasoning') pieces.thought = true
    if (event['type'] === 'response.output_item.added' && item?.type === 'function_call') at += 1
    if (event['type'] === 'response.output_text.delta') pieces.text.push(delta ?? '')
    if (event['type'] === 'response.function_call_arguments.delta') (pieces.calls[at] ??= []).push(delta ?? '')
    const choice = choicesOf(event).find(({ index }) => index === 0)?.delta ?? {}
    if (typeof choice.content === 'string' && choice.content !== '') pieces.text.push(choice.content)
    if ((choice.reasoning ?? choice.reasoning_content ?? '') !== '' || choice.reasoning_details) pieces.thought = true
    for (const [number, call] of (choice.tool_calls ?? []).entries()) {
      const written = call.function?.arguments ?? ''
      const list = (pieces.calls[call.index ?? number] ??= [])
      if (written !== '') list.push(written)
    }
  }
  return pieces
}

/** Whether a whole response has reasoning. */
export function thoughtOf(body: string): Pieces {
  const { output = [] }: { output?: Item[] } = JSON.parse(body)
  return { text: [], calls: [], thought: output.some(({ type }) => type === 'reasoning') }
}

/** A script that says the same, in the same pieces where they are known. */
export function scriptOf({ text, reasoning, refusal, calls, finish }: Said, pieces?: Pieces): Script {
  const thought = pieces?.thought === true || reasoning !== ''
  return {
    ...(text !== undefined && (pieces && pieces.text.length > 0 ? { deltas: pieces.text } : { text })),
    // What is hidden is there all the same.
    thinking: reasoning === '' && thought ? 'Hidden.' : reasoning,
    ...(refusal !== undefined && { refusal }),
    toolCalls: calls.map((call, at) => ({
      ...call,
      ...(pieces && pieces.calls.length > 0 && { deltas: pieces.calls[at] ?? [] }),
    })),
    openai: {
      ...(/length|incomplete/.test(finish) && { finishReason: 'length' }),
      ...(finish === 'stop' && { finishReason: 'stop' }),
      ...(finish === 'tool_calls' && { finishReason: 'tool_calls' }),
    },
  }
}

function empty(): Said {
  return { text: undefined, reasoning: '', refusal: undefined, calls: [], finish: '' }
}

function add(said: Said, { content, reasoning, reasoning_content: other, refusal, tool_calls: calls }: Delta): void {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? [])
  for (const part of parts) {
    if (part.type === 'text') said.text = (said.text ?? '') + (part.text ?? '')
    else if ('thinking' in part) said.reasoning += (part.thinking ?? []).map(({ text }) => text).join('')
  }
  said.reasoning += reasoning ?? other ?? ''
  if (refusal != null) said.refusal = (said.refusal ?? '') + refusal
  for (const [at, call] of (calls ?? []).entries()) {
    const known = (said.calls[call.index ?? at] ??= { id: '', name: '', arguments: '' })
    if (call.id) known.id = call.id
    if (call.function?.name) known.name = call.function.name
    known.arguments += call.function?.arguments ?? ''
  }
}

// An empty text beside something else says nothing.
function trimmed(said: Said): Said {
  const silent = said.text === '' && (said.calls.length > 0 || (said.refusal ?? '') !== '')
  return { ...said, text: silent ? undefined : said.text, refusal: said.refusal === '' ? undefined : said.refusal }
}

function choicesOf(event: Event): Choice[] {
  const { choices }: { choices?: Choice[] } = event
  return choices ?? []
}
