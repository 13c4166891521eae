import { type Signal, signal } from '@preact/signals'
import type { VNode } from 'preact'
import { setups } from './example-setups.ts'
import { Icon } from './icon.tsx'
import { encodeSetup, sharedSetup } from './share.ts'
import { addLane, announcement, exporting, lanes, load, server, setup } from './store.ts'
import { mostLanes } from '../setup.ts'
import { chooseTheme, type Theme, theme } from './theme.ts'

const shareNote: Signal<string> = signal('')

export function Header(): VNode {
  return (
    <header class="header">
      <h1 class="wordmark">
        <img src="/icon.svg" alt="" width="20" height="20" /> Interlingua <span>playground</span>
      </h1>
      <Answering />
      <div class="header-actions">
        <label class="select-button">
          <span class="unseen">Load an example</span>
          <select
            value=""
            onChange={({ currentTarget }) => {
              const chosen = setups.find(({ name }) => name === currentTarget.value)
              currentTarget.value = ''
              if (chosen) load(chosen.setup)
            }}
          >
            <option value="" disabled>
              Examples
            </option>
            {setups.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <button type="button" class="button" disabled={lanes.value.length >= mostLanes} onClick={addLane}>
          <Icon name="add" /> Lane
        </button>
        <button type="button" class="button" onClick={() => void share()}>
          <Icon name="share" /> {shareNote.value || 'Share'}
        </button>
        <button type="button" class="button" onClick={() => (exporting.value = true)}>
          <Icon name="export" /> Export
        </button>
        <ThemeSwitch />
      </div>
    </header>
  )
}

/** Says who answers, so that nobody takes the simulator for a model. */
function Answering(): VNode {
  const simulated = setup.value.lanes.filter(
    ({ answering, fault }) => answering === 'simulator' || fault.kind !== 'none',
  )
  const keys = server.value?.providers.flatMap(({ keyFrom }) => keyFrom ?? []) ?? []
  if (!server.value) return <p class="answering">Connecting…</p>
  if (simulated.length === 0) return <p class="answering live">The providers themselves answer.</p>
  const some = simulated.length < setup.value.lanes.length
  return (
    <p class="answering">
      <strong>
        {some
          ? `In ${simulated.length} of ${setup.value.lanes.length} lanes a simulator answers.`
          : 'A simulator answers.'}
      </strong>{' '}
      {keys.length === 0
        ? 'It knows some books and is no language model. Set a key to ask the providers.'
        : 'It is no language model.'}
    </p>
  )
}

function ThemeSwitch(): VNode {
  const themes: readonly { readonly value: Theme; readonly icon: 'system' | 'sun' | 'moon'; readonly name: string }[] =
    [
      { value: 'system', icon: 'system', name: 'As the system' },
      { value: 'light', icon: 'sun', name: 'Light' },
      { value: 'dark', icon: 'moon', name: 'Dark' },
    ]
  return (
    <div class="segments" role="radiogroup" aria-label="Colours">
      {themes.map(({ value, icon, name }) => (
        <label key={value} title={name}>
          <input
            type="radio"
            name="theme"
            aria-label={name}
            checked={theme.value === value}
            onChange={() => chooseTheme(value)}
          />
          <Icon name={icon} />
        </label>
      ))}
    </div>
  )
}

async function share(): Promise<void> {
  const hash = await encodeSetup(setup.value)
  history.replaceState(undefined, '', hash)
  const left = setup.value.images.length - sharedSetup(setup.value).images.length
  const filesLeft = left > 0 ? ' Images from files are not in it.' : ''
  try {
    await navigator.clipboard.writeText(location.href)
    shareNote.value = 'Link copied'
    announcement.value = `The link is copied. It holds the setup and no key.${filesLeft}`
  } catch {
    shareNote.value = 'In the address bar'
    announcement.value = `The link is in the address bar.${filesLeft}`
  }
  setTimeout(() => (shareNote.value = ''), 2500)
}
