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

/** The rows of all targets side by side, what did not pass, and how many of each grade there are. */
export function matrixText(targets: readonly ProviderUnderTest[], results: readonly (readonly Row[])[]): string {
  const legend = targets.map(({ name }, index) => `${index + 1}: ${name}`)
  const lines: string[] = []
  let category = ''
  for (const [index, { category: own, name }] of faults.entries()) {
    if (own !== category) lines.push('', own)
    category = own
    const cells = results.map((rows) => (rows[index]?.verdict?.grade ?? '–').padEnd(6))
    lines.push(`  ${cells.join(' ')} ${name}`)
  }
  const reasons = results.flatMap((rows, target) =>
    rows
      .filter(({ verdict }) => verdict && verdict.grade !== 'pass')
      .map(({ fault, verdict }) => `  ${targets[target]?.name}, ${fault.name}: ${verdict?.grade}, ${verdict?.reason}`),
  )
  const totals = results.map((rows, index) => {
    const graded = rows.flatMap(({ verdict }) => verdict ?? [])
    const count = (grade: Grade): number => graded.filter((each) => each.grade === grade).length
    return `${targets[index]?.name}: ${count('pass')} of ${graded.length} pass, ${count('weak')} weak, ${count('silent')} silent, ${count('hang')} hang`
  })
  return [...legend, ...lines, '', ...(reasons.length > 0 ? ['Not passed:', ...reasons, ''] : []), ...totals].join('\n')
}
