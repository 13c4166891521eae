import type { VNode } from 'preact'
import type { RunRecord } from '../protocol.ts'
import { Icon } from './icon.tsx'
import type { Lane } from './lane.ts'
import type { Reading } from './reading.ts'
import { RecordList, wordsOf } from './record-list.tsx'
import { inspected, letterOf } from './store.ts'
import type { Turn } from './turn.ts'

/** Every wire event of a lane beside what it became, and a way back through them. */
export function Inspector({ lane, index }: { readonly lane: Lane; readonly index: number }): VNode | null {
  const { turn } = lane
  if (!turn) return null
  const { count, records } = turn
  const chosen = Math.min(turn.cursor.value ?? count - 1, count - 1)
  const record = records[chosen]
  const go = (to: number): void => {
    turn.cursor.value = to >= count - 1 ? undefined : Math.max(0, to)
  }
  return (
    <section class="inspector" aria-label={`Inspector of lane ${letterOf(index)}`}>
      <header class="inspector-header">
        <h2>
          <span class="lane-letter" aria-hidden="true">
            {letterOf(index)}
          </span>
          Events
        </h2>
        <div class="scrubber">
          <button
            type="button"
            class="icon-button back"
            aria-label="Previous event"
            disabled={chosen <= 0}
            onClick={() => go(chosen - 1)}
          >
            <Icon name="chevron" />
          </button>
          <input
            type="range"
            aria-label="Event"
            aria-valuetext={record ? `${chosen + 1} of ${count}: ${wordsOf(record).name}` : ''}
            min="0"
            max={Math.max(0, count - 1)}
            value={chosen}
            onInput={({ currentTarget }) => go(Number(currentTarget.value))}
          />
          <button
            type="button"
            class="icon-button"
            aria-label="Next event"
            disabled={chosen >= count - 1}
            onClick={() => go(chosen + 1)}
          >
            <Icon name="chevron" />
          </button>
          <output class="scrubber-place">
            {chosen + 1} / {count}
          </output>
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label="Close the inspector"
          onClick={() => {
            turn.cursor.value = undefined
            inspected.value = undefined
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="inspector-body">
        <RecordList turn={turn} />
        {record && <Detail turn={turn} record={record} />}
      </div>
    </section>
  )
}

function Detail({ turn, record }: { readonly turn: Turn; readonly record: RunRecord }): VNode {
  const isChunk = record.type === 'chunk'
  return (
    <div class="detail">
      <Json name={isChunk ? 'Wire event' : wordsOf(record).name} value={isChunk ? record.event : record} />
      {isChunk && (
        <Json
          name={record.deltas.length === 1 ? '1 delta' : `${record.deltas.length} deltas`}
          value={record.deltas}
          none="This event changes nothing."
        />
      )}
      <Json name="State after it" value={stateOf(turn.shown)} />
    </div>
  )
}

const longestText = 20_000

function Json({
  name,
  value,
  none,
}: {
  readonly name: string
  readonly value: unknown
  readonly none?: string
}): VNode {
  const isEmpty = Array.isArray(value) && value.length === 0
  const text = JSON.stringify(value, undefined, 2)
  const rest = text.length - longestText
  return (
    <section class="json" aria-label={name}>
      <h3>{name}</h3>
      {isEmpty && none ? (
        <p class="note">{none}</p>
      ) : (
        <pre class="mono" tabIndex={0}>
          {rest > 0 ? `${text.slice(0, longestText)}\n… and ${rest} characters more` : text}
        </pre>
      )}
    </section>
  )
}

/** What is known of the answer, in the library's words. Long texts are told by their end, which is where they grow. */
function stateOf({ fold, plan, toolSpans, cost, warnings }: Reading): object {
  const calls = toolSpans.map(({ index }) => fold.toolCall(index))
  return {
    ...endOf('content', fold.text('text')),
    ...endOf('thinking', fold.text('thinking')),
    ...(plan !== '' && { plan }),
    ...(calls.length > 0 && { toolCalls: calls.map(({ id, name, raw, error }) => ({ id, name, raw, error })) }),
    ...(fold.citations.length > 0 && {
      citations: fold.citations.map(({ start, end, text, verified }) => ({ start, end, text, verified })),
    }),
    ...(fold.finished && { finishReason: fold.finishReason }),
    ...(Object.keys(fold.usage).length > 0 && { usage: fold.usage }),
    ...(cost && { nanoUsd: cost.nanoUsd }),
    ...(fold.warnings.length + warnings.length > 0 && { warnings: [...warnings, ...fold.warnings] }),
  }
}

function endOf(name: string, text: string): object {
  if (text === '') return {}
  return {
    [name]: text.length > 400 ? `…${text.slice(-400)}` : text,
    ...(text.length > 400 && { [`${name}.length`]: text.length }),
  }
}
