import type { VNode } from 'preact'
import { ExportDialog } from './export-dialog.tsx'
import { Header } from './header.tsx'
import { Inspector } from './inspector.tsx'
import { LaneCard } from './lane-card.tsx'
import { SetupPanel } from './setup-panel.tsx'
import { announcement, connection, inspected, lanes } from './store.ts'
import { Tip } from './tip.tsx'

/** The whole page. */
export function App(): VNode {
  const lane = inspected.value
  return (
    <div class={lane ? 'app inspecting' : 'app'}>
      <a class="skip" href="#lanes">
        Skip to the answers
      </a>
      <Header />
      {connection.value === 'gone' && <Gone />}
      <SetupPanel />
      <main id="lanes" class="lanes" tabIndex={-1} aria-label="Lanes" data-count={lanes.value.length}>
        {lanes.value.map((each, index) => (
          <LaneCard key={each.id} lane={each} index={index} />
        ))}
      </main>
      {lane && <Inspector key={lane.id} lane={lane} index={lanes.value.indexOf(lane)} />}
      <ExportDialog />
      <Tip />
      <div class="unseen" role="status" aria-live="polite">
        {announcement}
      </div>
    </div>
  )
}

function Gone(): VNode {
  return (
    <div class="gone" role="alert">
      <strong>The playground’s server is not running.</strong> Start it with <code>npm run playground</code>. This page
      keeps what it has, and connects again by itself.
    </div>
  )
}
