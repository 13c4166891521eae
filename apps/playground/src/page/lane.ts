import type { Message } from '@interlingua/core'
import { type Signal, signal } from '@preact/signals'
import type { RunRequest } from '../protocol.ts'
import { fetchRun, ServerGone } from './run-client.ts'
import { Turn } from './turn.ts'

/** What one lane has asked and been told. Its setup stands in the page's. */
export class Lane {
  readonly id: string = `lane-${nextId++}`
  readonly turns: Signal<readonly Turn[]> = signal<readonly Turn[]>([])
  /** What kept it from asking. */
  readonly problem: Signal<string | undefined> = signal<string | undefined>(undefined)

  get turn(): Turn | undefined {
    return this.turns.value.at(-1)
  }

  get isRunning(): boolean {
    return this.turn?.isRunning ?? false
  }

  /** Asks anew, or on from what was said. */
  async run(request: RunRequest, before: readonly Turn[], onGone: () => void): Promise<Turn> {
    this.stop()
    this.problem.value = undefined
    const turn = new Turn(request)
    this.turns.value = [...before, turn]
    try {
      await fetchRun(request, (record) => turn.add(record), turn.signal)
    } catch (error) {
      if (!turn.signal.aborted) {
        if (error instanceof ServerGone) onGone()
        const message = error instanceof Error ? error.message : String(error)
        turn.add({ type: 'failure', at: lastAt(turn), error: { code: 'connection', message, retryable: true } })
      }
    }
    turn.settle()
    return turn
  }

  stop(): void {
    this.turn?.stop()
  }
}

let nextId = 1

function lastAt({ records }: Turn): number {
  return records.at(-1)?.at ?? 0
}

/** What was asked with a turn: the user's words, or what tools gave back. */
export function questionOf({ request }: Turn): string {
  const results = request.messages.slice(request.messages.findLastIndex(({ role }) => role !== 'tool') + 1)
  if (results.length === 0) return textOf(request.messages.findLast(({ role }) => role === 'user'))
  const told = results.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)))
  return `Results of tools: ${told.join(', ')}`
}

function textOf(message: Message | undefined): string {
  if (message?.role !== 'user') return ''
  if (typeof message.content === 'string') return message.content
  const parts = message.content.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`))
  return parts.join(' ')
}
