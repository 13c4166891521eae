import type { HistoryRules } from './history-rules.ts'
import type { ToolCall } from './tool.ts'

/** A tool call of the last turn that has no result yet. */
interface OpenCall {
  /** The id that was given. */
  readonly given: string
  /** The id that is sent. */
  readonly id: string
  /** Where it stands in the conversation. */
  readonly field: string
}

/** Tool calls and their results, matched by id while a conversation is walked through. */
export class OpenCalls {
  readonly #rule: HistoryRules['toolCallId']
  readonly #sent = new Set<string>()
  #open: OpenCall[] = []

  constructor(rule: HistoryRules['toolCallId']) {
    this.#rule = rule
  }

  /** The calls of a turn with ids that can be sent. Those that the provider gave itself can. */
  open(calls: readonly ToolCall[], field: string, isOwn: boolean): readonly ToolCall[] {
    return calls.map((call, index) => {
      const place = `${field}.toolCalls[${index}]`
      const id = isOwn && call.id !== '' ? call.id : this.#idFor(call.id, place)
      this.#sent.add(id)
      this.#open.push({ given: call.id, id, field: place })
      return id === call.id ? call : { ...call, id }
    })
  }

  /** The id to send for the call that a result names; `undefined` where there is no such call without a result. */
  close(given: string): string | undefined {
    const at = this.#open.findIndex((call) => call.given === given)
    return at === -1 ? undefined : this.#open.splice(at, 1)[0]?.id
  }

  /** The calls that are left without a result. */
  closeAll(): readonly OpenCall[] {
    const left = this.#open
    this.#open = []
    return left
  }

  /**
   * The same id each time, so that a conversation that grows says the same again. A call without one, or with one that an
   * earlier call has, is known by its place: some servers number the calls of each answer anew, and others refuse that.
   */
  #idFor(given: string, place: string): string {
    const length = this.#rule?.length ?? 9
    if (given === '') return hashed(place, length)
    const id = !this.#rule || this.#rule.pattern.test(given) ? given : hashed(given, length)
    return this.#sent.has(id) ? hashed(`${given} ${place}`, length) : id
  }
}

/** Letters and digits that stand for a text: FNV-1a, twice with different beginnings, since 32 bits are few. */
function hashed(text: string, length: number): string {
  const halves = [0x811c9dc5, 0x01000193].map((seed) => {
    let hash = seed
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    return (hash >>> 0).toString(36).padStart(7, '0')
  })
  return halves.join('').slice(-length).padStart(length, '0')
}
