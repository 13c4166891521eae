import { type Signal, signal } from '@preact/signals'
import { Component, type VNode } from 'preact'
import { exportProgram } from '../program.ts'
import type { RunRequest } from '../protocol.ts'
import { firstMessages, runRequest, SetupProblem } from '../run-request.ts'
import { exporting, lanes, letterOf, setup } from './store.ts'

/** The run as a program, and as a cassette. */
export class ExportDialog extends Component {
  readonly #which: Signal<string> = signal('all')
  readonly #copied: Signal<boolean> = signal(false)

  override render(): VNode | null {
    if (!exporting.value) return null
    const all = lanes.value.map((_, index) => index)
    const chosen = this.#which.value === 'all' ? all : all.filter((index) => String(index) === this.#which.value)
    const program = programOf(chosen)
    const runs = chosen.flatMap(
      (index) => lanes.value[index]?.turns.value.flatMap(({ live }) => live.begin?.run ?? []) ?? [],
    )
    const finished = runs.length > 0 && !chosen.some((index) => lanes.value[index]?.isRunning)
    return (
      <dialog
        class="dialog"
        aria-labelledby="export-title"
        ref={(element) => {
          if (element && !element.open) element.showModal()
        }}
        onClose={() => (exporting.value = false)}
        onClick={(event) => {
          if (event.target === event.currentTarget) event.currentTarget.close()
        }}
      >
        <form method="dialog">
          <header>
            <h2 id="export-title">Export</h2>
            <label class="field inline">
              <span class="unseen">What to export</span>
              <select
                value={this.#which.value}
                onChange={({ currentTarget }) => (this.#which.value = currentTarget.value)}
              >
                <option value="all">All lanes</option>
                {all.map((index) => (
                  <option key={index} value={String(index)}>
                    Lane {letterOf(index)}
                  </option>
                ))}
              </select>
            </label>
          </header>
          <p class="note">
            A program that asks the same again. No key is in it: it reads them from the environment, or asks the
            simulator where that answered.
          </p>
          <pre class="program mono" tabIndex={0} aria-label="Program">
            {program}
          </pre>
          <footer>
            {finished ? (
              <a class="button" href={`/api/cassette?runs=${runs.join(',')}`} download="playground.cassette.json">
                Cassette
              </a>
            ) : (
              <button type="button" class="button" disabled>
                Cassette
              </button>
            )}
            <span class="note">
              {finished ? 'The recorded bytes, without keys' : 'Run the lanes to record a cassette'}
            </span>
            <span class="grow" />
            <button
              type="button"
              class="button"
              onClick={async () => {
                await navigator.clipboard.writeText(program)
                this.#copied.value = true
                setTimeout(() => (this.#copied.value = false), 2000)
              }}
            >
              {this.#copied.value ? 'Copied' : 'Copy'}
            </button>
            <button type="button" class="button" onClick={() => download(program)}>
              Download
            </button>
            <button type="submit" class="button primary">
              Close
            </button>
          </footer>
        </form>
      </dialog>
    )
  }
}

function download(program: string): void {
  const url = URL.createObjectURL(new Blob([program], { type: 'text/typescript' }))
  Object.assign(document.createElement('a'), { href: url, download: 'playground.ts' }).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** What the lanes have asked, else what they would ask. */
function programOf(indexes: readonly number[]): string {
  try {
    const requests = indexes.map((index): [string, RunRequest] => {
      const asked = lanes.value[index]?.turn?.request
      const laneSetup = setup.value.lanes[index]
      if (asked || !laneSetup) return [letterOf(index), asked ?? missing()]
      return [letterOf(index), runRequest(setup.value, laneSetup, firstMessages(setup.value))]
    })
    return exportProgram(new Map(requests))
  } catch (error) {
    if (error instanceof SetupProblem) return `// ${error.place}: ${error.message}`
    throw error
  }
}

function missing(): never {
  throw new SetupProblem('Lane', 'There is no such lane.')
}
