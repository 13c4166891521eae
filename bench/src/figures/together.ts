import { loop, tuples } from '../clients.ts'
import { median, type Quantity, timesLoop, wireTables } from '../comparison-table.ts'
import type { Figure } from '../figure.ts'
import type { Table } from '../result.ts'

const cpu: Quantity = { digits: 0, of: ({ cpuMs, times }) => cpuMs / times }
const wall: Quantity = { digits: 0, of: ({ wallMs, times }) => wallMs / times }
const memory: Quantity = { digits: 0, of: ({ rssMB }) => rssMB }

export const together: Figure = {
  name: 'together',
  about:
    'Time, CPU time and peak memory of a process that reads many streams of 200 events at the same time. Memory is that of the whole process, Node and what was loaded included.',
  measure: async (context) => {
    const tables: Table[] = []
    for (const streams of [200, 1_000]) {
      tables.push(
        ...(await wireTables(context, {
          title: `${streams.toLocaleString('en')} streams at once`,
          rounds: 5,
          warmUps: 2,
          enoughMs: 4_000,
          jobs: () => [{ what: 'stream', how: 'events', count: 200, together: streams, times: 5, untilCpuMs: 200 }],
          columns: [
            median('wall, ms', wall),
            timesLoop(wall),
            median('CPU, ms', cpu),
            timesLoop(cpu),
            median('peak memory, MB', memory),
            timesLoop(memory),
          ],
          targets: (among) => [
            among.within(1.25, tuples, loop, wall, 'wall'),
            among.within(1.25, tuples, loop, cpu, 'CPU'),
            among.within(1.25, tuples, loop, memory, 'memory'),
          ],
        })),
      )
    }
    return tables
  },
}
