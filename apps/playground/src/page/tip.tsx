import type { Citation } from '@interlingua/core'
import { type Signal, signal } from '@preact/signals'
import type { VNode } from 'preact'

interface ShownTip {
  readonly citations: readonly Citation[]
  readonly anchor: DOMRect
}

const shown: Signal<ShownTip | undefined> = signal<ShownTip | undefined>(undefined)

/** Shows what a span of an answer rests on, beside it. */
export function showTip(citations: readonly Citation[], element: Element): void {
  shown.value = { citations, anchor: element.getClientRects()[0] ?? element.getBoundingClientRect() }
}

/** Whether there was one to hide. */
export function hideTip(): boolean {
  const wasShown = shown.value !== undefined
  shown.value = undefined
  return wasShown
}

const width = 320

export function Tip(): VNode | null {
  const tip = shown.value
  if (!tip) return null
  const { anchor, citations } = tip
  const left = Math.max(8, Math.min(anchor.left, window.innerWidth - width - 8))
  const below = anchor.bottom < window.innerHeight * 0.6
  const style = below
    ? { left: `${left}px`, top: `${anchor.bottom + 6}px` }
    : { left: `${left}px`, bottom: `${window.innerHeight - anchor.top + 6}px` }
  return (
    <div class="tip" id="tip" role="tooltip" style={style}>
      {citations.flatMap(({ sources, verified }) =>
        sources.map((source, index) => (
          <div key={index} class="tip-source">
            <div class="tip-title">
              {source.title ?? titleIn(source.data) ?? source.id ?? source.url ?? source.type}
              <span class="kind">{source.type}</span>
            </div>
            {excerptOf(source.data) && <p>{excerptOf(source.data)}</p>}
            {source.url && <p class="mono">{source.url}</p>}
            {verified === false && <p class="tip-false">The quoted text does not stand at these offsets.</p>}
          </div>
        )),
      )}
    </div>
  )
}

export function titleIn(data: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const title = data?.['title']
  return typeof title === 'string' ? title : undefined
}

function excerptOf(data: Readonly<Record<string, unknown>> | undefined): string {
  if (!data) return ''
  const { text, snippet } = data
  const said = [text, snippet].find((value) => typeof value === 'string')
  const whole = typeof said === 'string' ? said : JSON.stringify(data)
  return whole.length > 280 ? `${whole.slice(0, 280)}…` : whole
}
