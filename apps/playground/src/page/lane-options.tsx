import type { VNode } from 'preact'
import type { FaultKind, LaneSetup } from '../setup.ts'
import { changeLane, chooseProvider, letterOf, providerOf, server, setup } from './store.ts'

/** Provider and model of a lane. */
export function TargetFields({ index }: { readonly index: number }): VNode | null {
  const lane = setup.value.lanes[index]
  if (!lane) return null
  const letter = letterOf(index)
  const providers = server.value?.providers ?? [{ id: lane.provider, name: lane.provider }]
  const list = `models-${index}`
  return (
    <div class="target">
      <select
        class="quiet"
        aria-label={`Provider of lane ${letter}`}
        value={lane.provider}
        onChange={({ currentTarget }) => chooseProvider(index, currentTarget.value)}
      >
        {providers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <input
        class="quiet mono"
        aria-label={`Model of lane ${letter}`}
        list={list}
        value={lane.model}
        spellcheck={false}
        onInput={({ currentTarget }) => changeLane(index, { model: currentTarget.value })}
      />
      <datalist id={list}>
        {providerOf(lane.provider)?.models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
    </div>
  )
}

const faults: readonly { readonly kind: FaultKind; readonly name: string }[] = [
  { kind: 'none', name: 'None' },
  { kind: 'rate-limit', name: '429, too many requests' },
  { kind: 'overloaded', name: '503, overloaded' },
  { kind: 'cut', name: 'Cut at a byte' },
  { kind: 'reset', name: 'Connection reset at a byte' },
  { kind: 'stall', name: 'Stall at a byte' },
]

/** Who answers a lane, what goes wrong in it, and what is done about that. */
export function LaneOptions({ index }: { readonly index: number }): VNode | null {
  const lane = setup.value.lanes[index]
  if (!lane) return null
  const { fault } = lane
  const provider = providerOf(lane.provider)
  const canAsk = provider !== undefined && (provider.keyFrom !== undefined || provider.variables.length === 0)
  const change = (changes: Partial<LaneSetup>): void => changeLane(index, changes)
  const hasPlace = ['cut', 'reset', 'stall'].includes(fault.kind)
  return (
    <div class="lane-options">
      <label class="field">
        <span>Who answers</span>
        <select
          value={fault.kind === 'none' ? lane.answering : 'simulator'}
          disabled={fault.kind !== 'none'}
          onChange={({ currentTarget: { value } }) =>
            change({ answering: value === 'provider' ? 'provider' : 'simulator' })
          }
        >
          <option value="simulator">The simulator</option>
          <option value="provider" disabled={!canAsk}>
            {canAsk ? `${provider.name} itself` : `${provider?.name ?? ''}: set ${provider?.variables[0] ?? ''}`}
          </option>
        </select>
      </label>
      <label class="field">
        <span>Fault</span>
        <select
          value={fault.kind}
          onChange={({ currentTarget: { value } }) => {
            const { kind } = faults.find((each) => each.kind === value) ?? { kind: 'none' as const }
            change({ fault: { ...fault, kind } })
          }}
        >
          {faults.map(({ kind, name }) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {fault.kind !== 'none' && (
        <div class="field-row">
          {hasPlace && (
            <label class="field">
              <span>At byte</span>
              <input
                type="number"
                min="0"
                value={fault.afterBytes}
                onInput={({ currentTarget }) =>
                  change({ fault: { ...fault, afterBytes: Number(currentTarget.value) } })
                }
              />
            </label>
          )}
          <label class="field">
            <span>How often</span>
            <select
              value={String(fault.times)}
              onChange={({ currentTarget }) => change({ fault: { ...fault, times: Number(currentTarget.value) } })}
            >
              <option value="1">The first request</option>
              <option value="2">The first two</option>
              <option value="0">Every request</option>
            </select>
          </label>
        </div>
      )}
      <label class="field">
        <span>Where it fails</span>
        <select
          value={lane.recovery}
          onChange={({ currentTarget: { value } }) =>
            change({ recovery: value === 'retry' || value === 'fallback' ? value : 'none' })
          }
        >
          <option value="none">Show the error</option>
          <option value="retry">Try again, three times in all</option>
          <option value="fallback">Hand off to another model</option>
        </select>
      </label>
      {lane.recovery === 'fallback' && (
        <div class="field-row">
          <label class="field">
            <span>Its provider</span>
            <select
              value={lane.fallback.provider}
              onChange={({ currentTarget: { value } }) =>
                change({ fallback: { provider: value, model: providerOf(value)?.models[0] ?? '' } })
              }
            >
              {server.value?.providers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>Its model</span>
            <input
              class="mono"
              value={lane.fallback.model}
              onInput={({ currentTarget }) => change({ fallback: { ...lane.fallback, model: currentTarget.value } })}
            />
          </label>
        </div>
      )}
      <label class="field">
        <span>More parameters of this provider, as JSON</span>
        <textarea
          class="mono"
          rows={2}
          spellcheck={false}
          placeholder='{ "reasoningEffort": "low" }'
          value={lane.extra}
          onInput={({ currentTarget }) => change({ extra: currentTarget.value })}
        />
      </label>
    </div>
  )
}
