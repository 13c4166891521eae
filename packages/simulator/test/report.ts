import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startVitest } from 'vitest/node'
import { cohereOptional, cohereUnlike, openaiDifferent, openaiOptional, openaiUnlike } from './differences.ts'
import { openaiExchanges } from './openai-recorded.ts'
import { exchanges, folder, present } from './recorded.ts'

// How the simulator stands beside the recordings: every recorded request is sent again by the tests, and this counts what
// they found, by server and endpoint, and lists the differences that they let pass.

interface Outcome {
  readonly title: string
  readonly status: string
  readonly failureMessages: readonly string[]
}

async function outcomes(): Promise<readonly Outcome[]> {
  const into = mkdtempSync(join(tmpdir(), 'report-'))
  const outputFile = join(into, 'report.json')
  const files = ['/replay', '/openai-replay', '/recordings'].map((name) => `packages/simulator/test${name}.test.ts`)
  const root = join(import.meta.dirname, '../../..')
  // The names of exchanges are looked for in titles, which are cut short otherwise.
  const titles = { taskTitleValueFormatTruncate: 0 }
  const typecheck = { enabled: false }
  const vitest = await startVitest(files, { root, watch: false, reporters: ['json'], outputFile, typecheck, ...titles })
  await vitest.close()
  const { testResults }: { testResults: { assertionResults: Outcome[] }[] } = JSON.parse(
    readFileSync(outputFile, 'utf8'),
  )
  rmSync(into, { recursive: true })
  return testResults.flatMap(({ assertionResults }) => assertionResults)
}

interface Row {
  readonly exchanges: string[]
  checks: number
  failed: number
  unlike: number
}

function table(results: readonly Outcome[]): string[] {
  const all = [
    ...exchanges().map(({ meta, body, path }) => ({ meta, body, server: 'cohere', path })),
    ...openaiExchanges().map(({ meta, server, path }) => ({ meta, body: meta, server, path })),
  ]
  const rows = new Map<string, Row>()
  const placeOf = new Map<string, string>()
  for (const { meta, body, server, path } of all) {
    const endpoint = path.replace(/\?.*/, '').replace(/(?<=\/(?:models|responses))\/[^/]+/, '/{id}')
    const place = `| ${server} | ${endpoint} |`
    const row = rows.get(place) ?? { exchanges: [], checks: 0, failed: 0, unlike: 0 }
    row.exchanges.push(meta)
    const leftOut = server === 'cohere' ? cohereUnlike : openaiUnlike
    if (leftOut.some(([pattern]) => pattern.test(meta) || pattern.test(path))) row.unlike += 1
    rows.set(place, row)
    for (const name of [meta, body]) placeOf.set(name, place)
  }
  for (const { title, status } of results) {
    const row = rows.get(placeOf.get(/^\S+\.(?:meta\.json|body\.\w+)/.exec(title)?.[0].replace(/:$/, '') ?? '') ?? '')
    if (!row) continue
    row.checks += 1
    if (status !== 'passed') row.failed += 1
  }
  return [...rows]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([place, { exchanges: list, checks, failed, unlike }]) => {
      return `${place} ${list.length} | ${unlike || ''} | ${checks} | ${failed || ''} |`
    })
}

function counted(pattern: RegExp): string {
  const count = [...exchanges(), ...openaiExchanges()].filter(
    ({ meta, path }) => pattern.test(meta) || pattern.test(path),
  ).length
  return `${count} exchange${count === 1 ? '' : 's'}`
}

if (present) {
  const results = await outcomes()
  const failures = results.filter(({ status }) => status === 'failed')
  const lines = [
    '| server | endpoint | exchanges | left out | checks | failed |',
    '| ------ | -------- | --------: | -------: | -----: | -----: |',
    ...table(results),
    '',
    'Left out:',
    ...[...cohereUnlike, ...openaiUnlike].map(([pattern, why]) => `- ${counted(pattern)} (${pattern.source}): ${why}`),
    '',
    'Differences in streams:',
    ...openaiDifferent.map(([pattern, what, why]) => `- ${what} of ${counted(pattern)} (${pattern.source}): ${why}`),
    '',
    'Fields that may be there or not:',
    ...[...cohereOptional, ...openaiOptional].map(([pattern, why]) => `- ${pattern.source}: ${why}`),
    '',
    ...failures.map(({ title, failureMessages }) => `FAILED ${title}\n${failureMessages.join('\n')}`),
  ]
  console.log(lines.join('\n'))
  if (failures.length > 0) process.exitCode = 1
} else {
  console.log(`There are no recordings in ${folder}; INTERLINGUA_RECORDINGS can name their folder.`)
}
