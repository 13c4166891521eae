import type { ProviderUnderTest } from '@interlingua/conformance'
import { connectionFaults } from './connection-faults.ts'
import { cutFaults } from './cut-faults.ts'
import type { Fault } from './fault.ts'
import { framingFaults } from './framing-faults.ts'
import { type Grade, play, type Verdict } from './play.ts'
import { protocolFaults } from './protocol-faults.ts'
import { resourceFaults } from './resource-faults.ts'
import { retryFaults } from './retry-faults.ts'
import { securityFaults } from './security-faults.ts'
import { stopFaults } from './stop-faults.ts'

/** Every fault. */
const faults: readonly Fault[] = [
  ...connectionFaults,
  ...cutFaults,
  ...framingFaults,
  ...protocolFaults,
  ...stopFaults,
  ...retryFaults,
  ...resourceFaults,
  ...securityFaults,
]

export interface Row {
  readonly fault: Fault
  /** `undefined` where the fault does not apply to the target. */
  readonly verdict: Verdict | undefined
}

/** Puts one target through all faults, a few of them at a time. */
export async function playAll(target: ProviderUnderTest, chosen: readonly Fault[] = faults): Promise<Row[]> {
  const rows: Row[] = []
  const queue = chosen.entries()
  const work = async (): Promise<void> => {
    for (const [index, fault] of queue) {
      const applies = !(fault.eventsOnly && target.framing === 'lines')
      rows[index] = { fault, verdict: applies ? await play(fault, target) : undefined }
    }
  }
  await Promise.all(Array.from({ length: 4 }, work))
  return rows
}

const marks: Readonly<Record<Grade, string>> = { pass: '✓', weak: 'weak', silent: 'SILENT', hang: 'HANG' }

/** The rows of all targets side by side, what did not pass, and how many of each grade there are. */
export function matrixText(targets: readonly ProviderUnderTest[], results: readonly (readonly Row[])[]): string {
  const legend = targets.map(({ name }, index) => `${index + 1}: ${name}`)
  const cellOf = ({ verdict }: Row): string => (verdict === undefined ? '–' : marks[verdict.grade])
  const width = Math.max(...results.flat().map((row) => cellOf(row).length)) + 1
  const columns = (cells: readonly string[]): string => cells.map((cell) => cell.padEnd(width)).join('')
  const lines = ['– does not apply to a target']
  let category = ''
  for (const [index, { category: own, name }] of faults.entries()) {
    if (own !== category) lines.push('', `${columns(targets.map((_, target) => String(target + 1)))} ${own}`)
    category = own
    lines.push(`${columns(results.flatMap((rows) => rows[index] ?? []).map(cellOf))}   ${name}`)
  }
  const reasons = results.flatMap((rows, target) =>
    rows
      .filter(({ verdict }) => verdict && verdict.grade !== 'pass')
      .map(({ fault, verdict }) => `  ${targets[target]?.name}, ${fault.name}: ${verdict?.grade}, ${verdict?.reason}`),
  )
  const totals = results.map((rows, index) => {
    const graded = rows.flatMap(({ verdict }) => verdict ?? [])
    const count = (grade: Grade): number => graded.filter((each) => each.grade === grade).length
    const others = (['weak', 'silent', 'hang'] as const).flatMap((grade) =>
      count(grade) === 0 ? [] : `, ${count(grade)} ${grade}`,
    )
    return `${count('pass')} of ${graded.length} pass${others.join('')}: ${targets[index]?.name}`
  })
  return [...legend, ...lines, '', ...(reasons.length > 0 ? ['Not passed:', ...reasons, ''] : []), ...totals].join('\n')
}
