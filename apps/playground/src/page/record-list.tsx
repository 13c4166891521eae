import { type Signal, signal } from '@preact/signals'
import { Component, type VNode } from 'preact'
import type { RunRecord } from '../protocol.ts'
import type { Turn } from './turn.ts'

const rowHeight = 26
const overscan = 8

interface RecordListProps {
  readonly turn: Turn
}

/**
 * All records of a run, of which only those are drawn that can be seen: ten thousand rows cost as much as thirty. The arrow
 * keys go through them.
 */
export class RecordList extends Component<RecordListProps> {
  readonly #top: Signal<number> = signal(0)
  readonly #height: Signal<number> = signal(400)
  #element: HTMLElement | null = null
  #size: ResizeObserver | undefined

  override componentDidMount(): void {
    const element = this.#element
    if (!element) return
    this.#size = new ResizeObserver(() => (this.#height.value = element.clientHeight))
    this.#size.observe(element)
  }

  override componentWillUnmount(): void {
    this.#size?.disconnect()
  }

  override componentDidUpdate(): void {
    const { cursor, isRunning, count } = this.props.turn
    const element = this.#element
    if (!element) return
    if (cursor.value !== undefined) this.#reveal(element, cursor.value)
    else if (isRunning) element.scrollTop = count * rowHeight
  }

  override render({ turn }: RecordListProps): VNode {
    const { count, records } = turn
    const chosen = turn.cursor.value ?? count - 1
    const first = Math.max(0, Math.floor(this.#top.value / rowHeight) - overscan)
    const last = Math.min(count, Math.ceil((this.#top.value + this.#height.value) / rowHeight) + overscan)
    return (
      <div
        class="records"
        role="listbox"
        tabIndex={0}
        aria-label="Events"
        aria-activedescendant={count > 0 ? `record-${chosen}` : undefined}
        ref={(element) => void (this.#element = element)}
        onScroll={({ currentTarget }) => (this.#top.value = currentTarget.scrollTop)}
        onKeyDown={(event) => {
          const next = nextIndex(event.key, chosen, Math.floor(this.#height.value / rowHeight))
          if (next === undefined) return
          event.preventDefault()
          turn.cursor.value = Math.max(0, Math.min(count - 1, next))
        }}
      >
        <div class="records-space" role="presentation" style={{ height: `${count * rowHeight}px` }}>
          {records.slice(first, last).map((record, at) => {
            const index = first + at
            const { name, told } = wordsOf(record)
            return (
              <div
                key={index}
                id={`record-${index}`}
                class={`record ${record.type}`}
                role="option"
                aria-selected={index === chosen}
                aria-posinset={index + 1}
                aria-setsize={count}
                style={{ transform: `translateY(${index * rowHeight}px)` }}
                onClick={() => (turn.cursor.value = index)}
              >
                <span class="record-number">{index + 1}</span>
                <span class="record-time">{record.at}</span>
                <span class="record-name">{name}</span>
                <span class="record-told">{told}</span>
              </div>
            )
          })}
        </div>
      </div>
    )
  }

  #reveal(element: HTMLElement, index: number): void {
    const top = index * rowHeight
    if (top < element.scrollTop) element.scrollTop = top
    if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight
    }
  }
}

function nextIndex(key: string, index: number, page: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return index + 1
    case 'ArrowUp':
    case 'ArrowLeft':
      return index - 1
    case 'PageDown':
      return index + page
    case 'PageUp':
      return index - page
    case 'Home':
      return 0
    case 'End':
      return Infinity
    default:
      return undefined
  }
}

/** A record in a line. */
export function wordsOf(record: RunRecord): { readonly name: string; readonly told: string } {
  switch (record.type) {
    case 'begin':
      return { name: 'begin', told: record.answering }
    case 'request':
      return { name: `${record.method} (${record.attempt})`, told: record.url }
    case 'response':
      return { name: `HTTP ${record.status}`, told: record.server ?? '' }
    case 'chunk':
      return { name: nameOf(record.event), told: record.deltas.map(deltaInWords).join(' · ') }
    case 'warnings':
      return { name: 'warnings', told: record.warnings.map(({ message }) => message).join(' ') }
    case 'retry':
      return { name: 'retry', told: `${record.error.code}, ${record.delayMs} ms` }
    case 'end':
      return { name: 'end', told: record.result.finishReason.unified }
    default:
      return { name: 'failure', told: record.error.code }
  }
}

/** What the provider calls an event; those of chat completions have no name. */
function nameOf(event: unknown): string {
  if (typeof event === 'string') return event
  if (typeof event !== 'object' || event === null) return 'event'
  const { type, event_type: eventType, object } = event as Readonly<Record<string, unknown>>
  const name = [type, eventType, object].find((value) => typeof value === 'string')
  return typeof name === 'string' ? name : 'event'
}

function deltaInWords(delta: { readonly type: string }): string {
  if ('text' in delta && typeof delta.text === 'string') return `${delta.type} ${JSON.stringify(delta.text)}`
  return delta.type
}
