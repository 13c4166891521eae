import type { VNode } from 'preact'
import type { ParamsSetup } from '../setup.ts'
import { change, setup } from './store.ts'

type NumberParam = {
  [Name in keyof ParamsSetup]-?: NonNullable<ParamsSetup[Name]> extends number ? Name : never
}[keyof ParamsSetup]

const numbers: readonly { readonly name: NumberParam; readonly label: string; readonly step: string }[] = [
  { name: 'temperature', label: 'Temperature', step: '0.1' },
  { name: 'maxTokens', label: 'Max tokens', step: '1' },
  { name: 'topP', label: 'Top P', step: '0.05' },
  { name: 'topK', label: 'Top K', step: '1' },
  { name: 'frequencyPenalty', label: 'Frequency penalty', step: '0.1' },
  { name: 'presencePenalty', label: 'Presence penalty', step: '0.1' },
  { name: 'seed', label: 'Seed', step: '1' },
]

/** The neutral parameters. What a provider cannot do as asked, the lane’s warnings tell. */
export function ParamFields(): VNode {
  const { params, pace } = setup.value
  const set = (changes: { readonly [Name in keyof ParamsSetup]: ParamsSetup[Name] | undefined }): void => {
    const entries = Object.entries({ ...params, ...changes }).filter(([, value]) => value !== undefined)
    change({ params: Object.fromEntries(entries) })
  }
  return (
    <div class="params">
      {numbers.map(({ name, label, step }) => (
        <label key={name} class="field">
          <span>{label}</span>
          <input
            type="number"
            step={step}
            placeholder="default"
            value={params[name] ?? ''}
            onInput={({ currentTarget: { value } }) => set({ [name]: value === '' ? undefined : Number(value) })}
          />
        </label>
      ))}
      <label class="field">
        <span>Tool choice</span>
        <select
          value={params.toolChoice ?? ''}
          onChange={({ currentTarget: { value } }) =>
            set({ toolChoice: value === 'auto' || value === 'required' || value === 'none' ? value : undefined })
          }
        >
          <option value="">default</option>
          <option>auto</option>
          <option>required</option>
          <option>none</option>
        </select>
      </label>
      <label class="field wide">
        <span>Stop sequences, one on each line</span>
        <textarea
          class="mono"
          rows={2}
          value={params.stop?.join('\n') ?? ''}
          onChange={({ currentTarget: { value } }) =>
            set({ stop: value === '' ? undefined : value.split('\n').filter((line) => line !== '') })
          }
        />
      </label>
      <label class="field">
        <span>Simulator, tokens a second</span>
        <input
          type="number"
          min="0"
          title="0 is as fast as possible"
          value={pace.tokensPerSecond}
          onInput={({ currentTarget }) => change({ pace: { ...pace, tokensPerSecond: Number(currentTarget.value) } })}
        />
      </label>
      <label class="field">
        <span>Simulator, first token ms</span>
        <input
          type="number"
          min="0"
          value={pace.firstTokenMs}
          onInput={({ currentTarget }) => change({ pace: { ...pace, firstTokenMs: Number(currentTarget.value) } })}
        />
      </label>
    </div>
  )
}
