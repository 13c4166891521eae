import type { RequestRecord } from './request-record.ts'
import { lastUserText, mismatches } from './script-condition.ts'
import type { Script, ScriptFunction } from './script.ts'

/** Chooses the script of a request, and counts how often each was used. */
export class ScriptChooser {
  readonly #scripts: readonly Script[]
  readonly #choose: ScriptFunction | undefined
  #left: number[]

  constructor(scripts: readonly Script[], choose: ScriptFunction | undefined) {
    this.#scripts = scripts
    this.#choose = choose
    this.#left = scripts.map(timesOf)
  }

  /** The function's choice first, then the first script of the list that matches and is not used up. */
  choose(request: RequestRecord): Script | undefined {
    const chosen = this.#choose?.(request)
    if (chosen) return chosen
    const index = this.#scripts.findIndex((script, at) => this.#whyNot(script, at, request).length === 0)
    if (index === -1) return undefined
    this.#left[index] = (this.#left[index] ?? 0) - 1
    return this.#scripts[index]
  }

  /** Counts anew. */
  reset(): void {
    this.#left = this.#scripts.map(timesOf)
  }

  /** Why no script was for a request: what it was, which script was nearest, and what of it did not fit. */
  explain(request: RequestRecord): string {
    const said = lastUserText(request.body)
    const what = `No script is for request ${request.index}: ${request.method} ${request.path}${said === '' ? '' : `, ${JSON.stringify(said)}`}.`
    const [nearest] = this.#scripts
      .map((script, at) => ({ at, wrong: this.#whyNot(script, at, request) }))
      .toSorted((one, other) => distance(one.wrong) - distance(other.wrong))
    if (!nearest) return `${what} There are no scripts.`
    return `${what} The nearest is scripts[${nearest.at}]; it does not fit by ${nearest.wrong.join('; ')}.`
  }

  #whyNot(script: Script, at: number, request: RequestRecord): string[] {
    const wrong = script.when ? mismatches(script.when, request) : []
    if (wrong.length === 0 && script.match && !script.match(request)) wrong.push('match: it returned false')
    if ((this.#left[at] ?? 0) <= 0) wrong.push(`times: it was for ${timesOf(script)} and is used up`)
    return wrong
  }
}

function timesOf({ times = Infinity }: Script): number {
  return times
}

// A script that is used up is nearer than one for something else.
function distance(wrong: readonly string[]): number {
  return wrong.reduce((sum, words) => sum + (words.startsWith('times:') ? 0.5 : 1), 0)
}
