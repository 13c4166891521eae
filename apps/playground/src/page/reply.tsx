import type { ToolMessage } from '@interlingua/core'
import { type Signal, signal } from '@preact/signals'
import { Component, type VNode } from 'preact'
import type { Lane } from './lane.ts'
import { chooseProvider, continueLane, letterOf, server, setup } from './store.ts'
import type { Turn } from './turn.ts'

interface ReplyProps {
  readonly lane: Lane
  readonly turn: Turn
  readonly index: number
}

/** Goes on with a lane's conversation: with a message, or with what tools gave back, and with any provider. */
export class Reply extends Component<ReplyProps> {
  readonly #text: Signal<string> = signal('')
  readonly #results: Signal<Readonly<Record<string, string>>> = signal<Readonly<Record<string, string>>>({})

  override render({ turn, index }: ReplyProps): VNode | null {
    if (!turn.history) return null
    const calls = turn.live.result ? (turn.live.fold.message().toolCalls ?? []) : []
    const providers = server.value?.providers ?? []
    const current = setup.value.lanes[index]
    const letter = letterOf(index)
    return (
      <form
        class="reply"
        aria-label={`Continue lane ${letter}`}
        onSubmit={(event) => {
          event.preventDefault()
          void this.#send()
        }}
        onKeyDown={(event) => {
          // The lane's own, and not all lanes anew.
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
          event.preventDefault()
          event.stopPropagation()
          void this.#send()
        }}
      >
        {calls.map(({ id, name, raw }) => (
          <label key={id} class="field">
            <span>
              Result of <code>{name}</code> <span class="mono muted">{raw}</span>
            </span>
            <textarea
              rows={2}
              class="mono"
              value={this.#resultOf(id, name)}
              onInput={({ currentTarget }) =>
                (this.#results.value = { ...this.#results.value, [id]: currentTarget.value })
              }
            />
          </label>
        ))}
        {calls.length === 0 && (
          <textarea
            rows={2}
            aria-label="Message to go on with"
            placeholder="Continue the conversation…"
            value={this.#text.value}
            onInput={({ currentTarget }) => (this.#text.value = currentTarget.value)}
          />
        )}
        <div class="reply-row">
          <label>
            <span class="muted">with</span>{' '}
            <select
              class="quiet"
              aria-label="Provider to go on with"
              value={current?.provider}
              onChange={({ currentTarget }) => chooseProvider(index, currentTarget.value)}
            >
              {providers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="button small" disabled={calls.length === 0 && this.#text.value.trim() === ''}>
            {calls.length > 0 ? 'Send results' : 'Continue'}
          </button>
        </div>
      </form>
    )
  }

  #resultOf(id: string, name: string): string {
    const known = setup.value.tools.find((tool) => tool.name === name)
    return this.#results.value[id] ?? known?.result ?? ''
  }

  #send(): Promise<void> {
    const { turn, index } = this.props
    const calls = turn.live.result ? (turn.live.fold.message().toolCalls ?? []) : []
    const results = calls.map(({ id, name }): ToolMessage => ({
      role: 'tool',
      toolCallId: id,
      content: this.#resultOf(id, name),
    }))
    if (results.length > 0) return continueLane(index, results)
    const text = this.#text.value.trim()
    return text === '' ? Promise.resolve() : continueLane(index, [{ role: 'user', content: text }])
  }
}
