/**
 * Puts every adapter through every fault, prints the matrix, and fails unless all of it passes. It takes a minute or two; a
 * part of a target's name chooses: `pnpm test:faults Responses`.
 */
import { matrixText, playAll } from './matrix.ts'
import { targets } from './target.ts'

const [part = ''] = process.argv.slice(2)
const chosen = targets.filter(({ name }) => name.includes(part))
if (chosen.length === 0) {
  console.error(`No target is called ${part}. There are:\n${targets.map(({ name }) => `  ${name}`).join('\n')}`)
  process.exit(1)
}
const results = []
for (const [index, target] of chosen.entries()) {
  // What comes of it is a table at the end; this shows that something goes on.
  console.error(`${index + 1} of ${chosen.length}: ${target.name} …`)
  results.push(await playAll(target))
}
console.log(`\n${matrixText(chosen, results)}`)
const failed = results.flat().some(({ verdict }) => verdict && verdict.grade !== 'pass')
process.exitCode = failed ? 1 : 0
