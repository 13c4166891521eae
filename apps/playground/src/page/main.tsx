import { render } from 'preact'
import { App } from './app.tsx'
import { decodeSetup } from './share.ts'
import { connection, isRunning, load, preferProviders, reconnect, runAll, stopAll } from './store.ts'
import { applyTheme } from './theme.ts'
import { hideTip } from './tip.tsx'

applyTheme()
await openHash()
const root = document.querySelector('#app')
if (root) render(<App />, root)
await reconnect()
preferProviders()

window.addEventListener('hashchange', () => void openHash())
window.addEventListener('focus', () => {
  if (connection.value === 'gone') void reconnect()
})
window.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !document.querySelector('dialog[open]')) {
    event.preventDefault()
    void runAll()
  }
  if (event.key === 'Escape') {
    if (hideTip()) event.preventDefault()
    else if (isRunning.value) stopAll()
  }
})

async function openHash(): Promise<void> {
  const shared = await decodeSetup(location.hash)
  if (!shared) return
  load(shared)
  // The setup will be changed, and the address would no longer say what it is.
  history.replaceState(undefined, '', location.pathname)
}
