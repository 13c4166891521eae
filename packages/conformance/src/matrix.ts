import { laws } from './laws.ts'
import type { CaseReport, ConformanceReport } from './report.ts'

const marks = { pass: '✓', fail: '✗', 'not applicable': '–' } as const

/**
 * A report as text: a table of scenarios and laws, the situations of the other laws, and the reason of everything that
 * did not pass.
 */
export function conformanceMatrix({ provider, cases }: ConformanceReport): string {
  return [
    `${provider}: ${summary(cases)}`,
    '',
    ...scenarioTable(cases),
    '',
    ...situations(cases),
    ...reasons(cases, 'fail', 'Broken'),
    ...reasons(cases, 'not applicable', 'Not applicable'),
    '',
  ].join('\n')
}

function summary(cases: readonly CaseReport[]): string {
  const count = (verdict: CaseReport['verdict']): number => cases.filter((each) => each.verdict === verdict).length
  return `${count('pass')} pass, ${count('fail')} fail, ${count('not applicable')} not applicable`
}

function scenarioTable(cases: readonly CaseReport[]): string[] {
  const columns = laws.filter(({ perScenario }) => perScenario)
  const inTable = cases.filter(({ law }) => columns.some(({ name }) => name === law))
  const scenarios = [...new Set(inTable.map(({ name }) => name))]
  const markOf = (scenario: string, column: string): string => {
    const found = inTable.find(({ law, name }) => law === column && name === scenario)
    return found ? marks[found.verdict] : ''
  }
  const rows = scenarios.map((scenario) => [scenario].concat(columns.map(({ name }) => markOf(scenario, name))))
  const table = [['scenario', ...columns.map(({ name }) => name)], ...rows]
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function situations(cases: readonly CaseReport[]): string[] {
  return laws
    .filter(({ perScenario }) => !perScenario)
    .flatMap(({ name, says }) => {
      const lines = cases.filter(({ law }) => law === name).map((each) => `  ${marks[each.verdict]} ${each.name}`)
      return [`${name}: ${says}`].concat(lines)
    })
}

/** Where the reason is the same for all cases of a law, it is told once. */
function reasons(cases: readonly CaseReport[], verdict: CaseReport['verdict'], title: string): string[] {
  const told = new Map<string, string[]>()
  for (const { law, name, verdict: own, reason = '' } of cases) {
    if (own !== verdict) continue
    const text = `${law}: ${reason}`
    told.set(text, [...(told.get(text) ?? []), name])
  }
  const texts = [...told].map(([text, names]) => `  ${text} (${names.join('; ')})`)
  return texts.length === 0 ? [] : ['', `${title}:`, ...texts]
}
