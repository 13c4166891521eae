import type { VNode } from 'preact'
import { type Reading, seconds } from './reading.ts'

/** The plan and the tool calls, one after the other, with when each was written. */
export function ToolTimeline({ reading }: { readonly reading: Reading }): VNode | null {
  const { fold, toolSpans, lastAt, plan } = reading
  if (plan === '' && toolSpans.length === 0) return null
  const total = Math.max(lastAt, 1)
  return (
    <ol class="tools" aria-label="Tool calls">
      {plan !== '' && (
        <li class="tool plan">
          <span class="tool-name">Plan</span>
          <p>{plan}</p>
        </li>
      )}
      {toolSpans.map(({ index, startedAt, endedAt }, at) => {
        const { name, raw, id, error } = fold.toolCall(index)
        const end = endedAt ?? lastAt
        return (
          <li class={endedAt === undefined ? 'tool open' : 'tool'} key={at}>
            <span class="tool-name">{name || 'unnamed tool'}</span>
            <span class="tool-time">
              {seconds(startedAt)} + {seconds(Math.max(0, end - startedAt))}
            </span>
            <span class="tool-track" aria-hidden="true">
              <span
                style={{
                  left: `${(startedAt / total) * 100}%`,
                  width: `${Math.max(1.5, ((end - startedAt) / total) * 100)}%`,
                }}
              />
            </span>
            <pre class="tool-args">
              {raw}
              {endedAt === undefined && <span class="caret" />}
            </pre>
            {error && <p class="tool-error">{error.message}</p>}
            <span class="tool-id mono">{id}</span>
          </li>
        )
      })}
    </ol>
  )
}
