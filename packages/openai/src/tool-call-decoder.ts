import { type Delta, jsonTextIn, type Loose, type ProviderFields, textIn } from '@interlingua/core/adapter'
import type { WireToolCallDelta } from './wire.ts'

/** A tool call while it arrives. */
interface OpenCall {
  /** Its place in the response. */
  readonly index: number
  /** What the server numbers it with. */
  readonly key: number | undefined
  id: string
  name: string
  /** Whether it has been told. A call is told when its name is known, and what came of it before then waits. */
  isTold: boolean
  isText: boolean
  waiting: string
  fields: Readonly<Record<string, unknown>> | undefined
}

/**
 * Reads tool calls from pieces. A piece belongs to the call that its `index` names, else to the one that its `id` names, else
 * to the last one. Calls may come whole or in pieces, one after the other or interleaved. None says that it is complete: the
 * end of the answer does.
 */
export class ToolCallDecoder {
  readonly #provider: string
  readonly #names: ReadonlyMap<string, string>
  readonly #calls: OpenCall[] = []

  constructor(provider: string, names: ReadonlyMap<string, string>) {
    this.#provider = provider
    this.#names = names
  }

  decode(pieces: readonly Loose<WireToolCallDelta>[], deltas: Delta[]): void {
    for (const piece of pieces) {
      const { index, id, type, function: called, custom, ...fields } = piece
      const call = this.#callOf(
        index ?? undefined,
        textIn(id) ?? '',
        textIn(called?.name) ?? textIn(custom?.name) ?? '',
      )
      call.isText ||= type === 'custom' || (custom !== undefined && custom !== null)
      if (Object.keys(fields).length > 0) call.fields = { ...call.fields, ...fields }
      this.#add(call, custom ? (textIn(custom.input) ?? '') : jsonTextIn(called?.arguments), deltas)
    }
  }

  /** The answer is complete, and so are its calls. */
  end(deltas: Delta[]): void {
    for (const call of this.#calls) {
      this.#tell(call, deltas)
      const { index, fields } = call
      deltas.push({ type: 'tool-call-end', index, ...(fields && { providerFields: this.#own(fields) }) })
    }
    this.#calls.length = 0
  }

  #add(call: OpenCall, text: string, deltas: Delta[]): void {
    if (call.name === '') call.waiting += text
    else {
      this.#tell(call, deltas)
      if (text !== '') deltas.push({ type: 'tool-call-delta', index: call.index, text })
    }
  }

  #tell(call: OpenCall, deltas: Delta[]): void {
    if (call.isTold) return
    call.isTold = true
    const { index, id, isText, waiting } = call
    const name = this.#names.get(call.name) ?? call.name
    deltas.push({ type: 'tool-call-start', index, id, name, ...(isText && { format: 'text' }) })
    if (waiting !== '') deltas.push({ type: 'tool-call-delta', index, text: waiting })
  }

  #own(fields: Readonly<Record<string, unknown>>): ProviderFields {
    return { [this.#provider]: fields }
  }

  #callOf(key: number | undefined, id: string, name: string): OpenCall {
    const known = this.#find(key, id)
    // A server that numbers all calls alike tells them apart by their ids.
    if (known && (id === '' || known.id === '' || known.id === id)) {
      known.id ||= id
      known.name ||= name
      return known
    }
    const index = this.#calls.length
    const call: OpenCall = { index, key, id, name, isTold: false, isText: false, waiting: '', fields: undefined }
    this.#calls.push(call)
    return call
  }

  #find(key: number | undefined, id: string): OpenCall | undefined {
    if (id !== '') {
      const named = this.#calls.findLast((call) => call.id === id && (key === undefined || call.key === key))
      if (named) return named
    }
    if (key !== undefined) return this.#calls.findLast((call) => call.key === key)
    // A piece without any name adds to the last call; one with an id begins another.
    return id === '' ? this.#calls.at(-1) : undefined
  }
}
