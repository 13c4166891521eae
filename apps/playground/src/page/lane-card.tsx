import { type Signal, signal } from '@preact/signals'
import { Component, type VNode } from 'preact'
import { fewestLanes } from '../setup.ts'
import { AnswerText, sourcesOf } from './answer-text.tsx'
import { FailureCard } from './failure-card.tsx'
import { Icon } from './icon.tsx'
import type { Lane } from './lane.ts'
import { questionOf } from './lane.ts'
import { LaneOptions, TargetFields } from './lane-options.tsx'
import { Meters } from './meters.tsx'
import { type Reading, seconds } from './reading.ts'
import { Reply } from './reply.tsx'
import { inspected, letterOf, providerOf, removeLane, setup } from './store.ts'
import { titleIn } from './tip.tsx'
import { ToolTimeline } from './tool-timeline.tsx'
import type { Turn } from './turn.ts'

interface LaneProps {
  readonly lane: Lane
  readonly index: number
}

/** One provider's column. */
export class LaneCard extends Component<LaneProps> {
  readonly #options: Signal<boolean> = signal(false)

  override render({ lane, index }: LaneProps): VNode | null {
    const laneSetup = setup.value.lanes[index]
    if (!laneSetup) return null
    const letter = letterOf(index)
    const isOpen = inspected.value === lane
    const turns = lane.turns.value
    const running = lane.isRunning
    return (
      <section class="lane" aria-label={`Lane ${letter}`} data-status={lane.turn?.live.status ?? 'empty'}>
        <header class="lane-header">
          <span class="lane-letter" aria-hidden="true">
            {letter}
          </span>
          <TargetFields index={index} />
          <div class="lane-actions">
            <button
              type="button"
              class="icon-button"
              aria-label={`Options of lane ${letter}`}
              aria-expanded={this.#options.value}
              onClick={() => (this.#options.value = !this.#options.value)}
            >
              <Icon name="tune" />
            </button>
            {setup.value.lanes.length > fewestLanes && (
              <button
                type="button"
                class="icon-button"
                aria-label={`Remove lane ${letter}`}
                onClick={() => removeLane(index)}
              >
                <Icon name="close" />
              </button>
            )}
          </div>
        </header>
        <Source index={index} />
        {this.#options.value && <LaneOptions index={index} />}
        <Scroll lane={lane}>
          {turns.length === 0 && <Empty index={index} />}
          {turns.slice(0, -1).map((turn, at) => (
            <Earlier key={at} turn={turn} />
          ))}
          {lane.turn && <Answer turn={lane.turn} isFollowing={turns.length > 1} />}
          {lane.problem.value && <p class="problem">{lane.problem.value}</p>}
          {lane.turn && !running && lane.turn.cursor.value === undefined && (
            <Reply key={turns.length} lane={lane} turn={lane.turn} index={index} />
          )}
        </Scroll>
        {lane.turn && (
          <footer class="lane-footer">
            <Meters reading={lane.turn.shown} />
            <div class="lane-foot-actions">
              <Status reading={lane.turn.shown} turn={lane.turn} />
              {running && (
                <button
                  type="button"
                  class="button small"
                  aria-label={`Stop lane ${letter}`}
                  onClick={() => lane.stop()}
                >
                  <Icon name="stop" /> Stop
                </button>
              )}
              <button
                type="button"
                class="button small"
                aria-label={`Inspect lane ${letter}`}
                aria-pressed={isOpen}
                onClick={() => (inspected.value = isOpen ? undefined : lane)}
              >
                <Icon name="inspect" /> {lane.turn.count}
                <span class="events-word">{lane.turn.count === 1 ? 'event' : 'events'}</span>
              </button>
            </div>
          </footer>
        )}
      </section>
    )
  }
}

/** Who answers this lane: always said. */
function Source({ index }: { readonly index: number }): VNode | null {
  const lane = setup.value.lanes[index]
  if (!lane) return null
  const provider = providerOf(lane.provider)
  const simulated = lane.answering === 'simulator' || lane.fault.kind !== 'none'
  const name = provider?.name ?? lane.provider
  const real = provider?.keyFrom ? `with the key in ${provider.keyFrom}` : 'on this machine'
  return (
    <p class={simulated ? 'source simulated' : 'source'}>
      {simulated ? `Simulator, in place of ${name}` : `${name} itself, ${real}`}
      {lane.fault.kind !== 'none' && <span class="source-fault">fault: {lane.fault.kind}</span>}
      {lane.recovery !== 'none' && <span class="source-fault">{lane.recovery}</span>}
    </p>
  )
}

function Empty({ index }: { readonly index: number }): VNode {
  const lane = setup.value.lanes[index]
  return (
    <div class="empty">
      <p>
        <code>{lane?.model}</code> answers here.
      </p>
      <p class="note">Run the prompt, and all lanes stream at once.</p>
    </div>
  )
}

function Earlier({ turn }: { readonly turn: Turn }): VNode {
  const reading = turn.live
  return (
    <details class="earlier">
      <summary>
        <span class="earlier-question">{questionOf(turn)}</span>
        <span class="earlier-model">{turn.request.model}</span>
      </summary>
      <AnswerText text={reading.fold.text('text')} citations={reading.fold.citations} />
    </details>
  )
}

function Answer({ turn, isFollowing }: { readonly turn: Turn; readonly isFollowing: boolean }): VNode {
  const reading = turn.shown
  const { fold, failure } = reading
  const text = fold.text('text')
  const thinking = fold.text('thinking')
  const refusal = fold.text('refusal')
  const isAtEnd = turn.cursor.value === undefined
  const isLive = isAtEnd && turn.isRunning
  return (
    <article class="answer" aria-busy={isLive}>
      {isFollowing && <p class="question">{questionOf(turn)}</p>}
      {!isAtEnd && (
        <button type="button" class="rewound" onClick={() => (turn.cursor.value = undefined)}>
          Shown as of event {(turn.cursor.value ?? 0) + 1} of {turn.count}. Back to all of it
        </button>
      )}
      {reading.events.length > 0 && (
        <ol class="events" aria-label="Attempts">
          {reading.events.map(({ at, kind, text: told }, index) => (
            <li key={index} class={kind}>
              <span class="mono">{seconds(at)}</span> {told}
            </li>
          ))}
        </ol>
      )}
      {thinking !== '' && (
        <details class="thinking">
          <summary>{text === '' && isLive ? 'Thinking…' : 'Thinking'}</summary>
          <p>{thinking}</p>
        </details>
      )}
      <ToolTimeline reading={reading} />
      {isLive && reading.status === 'waiting' && <Waiting turn={turn} />}
      {text !== '' && (
        <AnswerText text={text} citations={fold.citations} isGrowing={isLive && reading.status === 'streaming'} />
      )}
      {refusal !== '' && <p class="refusal">{refusal}</p>}
      <Sources reading={reading} />
      <Byline turn={turn} reading={reading} />
      {failure && <FailureCard failure={failure} hasPartial={text !== ''} />}
      <Warnings reading={reading} />
    </article>
  )
}

/** Who answered, where that is not plain: another version, or another model after a failure. */
function Byline({ turn, reading }: { readonly turn: Turn; readonly reading: Reading }): VNode | null {
  const { result } = reading
  if (!result || result.model === turn.request.model) return null
  return (
    <p class="note byline">
      Answered by <code>{result.model}</code> of {result.provider}
    </p>
  )
}

function Waiting({ turn }: { readonly turn: Turn }): VNode {
  return (
    <div class="waiting">
      <span class="waiting-line" />
      <span class="waiting-line" />
      <span class="waiting-line" />
      <p class="note">Waiting for the first event, {seconds(performance.now() - turn.startedAt)}</p>
    </div>
  )
}

function Sources({ reading }: { readonly reading: Reading }): VNode | null {
  const sources = sourcesOf(reading.fold.citations)
  if (sources.length === 0) return null
  return (
    <ol class="sources" aria-label="Sources">
      {sources.map(({ number, source }) => (
        <li key={number} value={number}>
          {source.title ?? titleIn(source.data) ?? source.url ?? source.id ?? source.type}
          <span class="kind">{source.type}</span>
        </li>
      ))}
    </ol>
  )
}

function Warnings({ reading }: { readonly reading: Reading }): VNode | null {
  // What came with the stream is in the response's warnings too, once there is one.
  const warnings = reading.result ? reading.warnings : [...reading.warnings, ...reading.fold.warnings]
  if (warnings.length === 0) return null
  return (
    <ul class="warnings" aria-label="Warnings">
      {warnings.map(({ code, message }, index) => (
        <li key={index}>
          <code>{code}</code> {message}
        </li>
      ))}
    </ul>
  )
}

function Status({ reading, turn }: { readonly reading: Reading; readonly turn: Turn }): VNode {
  const { finishReason, finished } = reading.fold
  const { status } = reading
  const told =
    status === 'done' || finished
      ? `${finishReason.unified}${finishReason.raw === undefined || finishReason.raw === finishReason.unified ? '' : ` (${finishReason.raw})`}`
      : status
  return (
    <span class="status" data-status={status}>
      {told} · {seconds(turn.isRunning ? performance.now() - turn.startedAt : reading.lastAt)}
    </span>
  )
}

/** Keeps to the end of an answer that grows, unless its reader has scrolled away from there. */
class Scroll extends Component<{ readonly lane: Lane; readonly children: unknown }> {
  #element: HTMLElement | null = null
  #isAtEnd = true

  override componentDidUpdate(): void {
    const element = this.#element
    if (element && this.#isAtEnd && this.props.lane.isRunning) element.scrollTop = element.scrollHeight
  }

  override render(): VNode {
    return (
      <div
        class="lane-body"
        tabIndex={0}
        role="region"
        aria-label="Answer"
        ref={(element) => void (this.#element = element)}
        onScroll={({ currentTarget }) => {
          const { scrollTop, clientHeight, scrollHeight } = currentTarget
          this.#isAtEnd = scrollTop + clientHeight > scrollHeight - 40
        }}
      >
        {this.props.children as VNode}
      </div>
    )
  }
}
