import type { VNode } from 'preact'
import type { Failure } from '../protocol.ts'
import { seconds } from './reading.ts'

/** A typed error, with what a program would see of it. */
export function FailureCard({
  failure,
  hasPartial,
}: {
  readonly failure: Failure
  readonly hasPartial: boolean
}): VNode {
  const { code, message, status, retryable, retryAfterMs, attempts, requestId, deadline, field, body, cause } = failure
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['status', status?.toString()],
    ['retryable', String(retryable ?? false)],
    ['retry after', retryAfterMs === undefined ? undefined : seconds(retryAfterMs)],
    ['attempts', attempts?.toString()],
    ['deadline', deadline],
    ['field', field],
    ['request id', requestId],
    ['cause', cause],
  ]
  return (
    <section class="failure" aria-label={`Error ${code}`}>
      <h3>
        <code>{code}</code>
      </h3>
      <p>{message}</p>
      <dl>
        {facts.map(([name, value]) =>
          value === undefined ? undefined : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {body && (
        <details>
          <summary>What the server sent</summary>
          <pre class="mono">{body}</pre>
        </details>
      )}
      {hasPartial && (
        <p class="note">
          What had arrived is kept above, as <code>error.partial</code> has it.
        </p>
      )}
    </section>
  )
}
