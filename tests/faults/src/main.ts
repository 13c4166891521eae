/** Puts every adapter through every fault, prints the matrix, and fails unless all of it passes. */
import { matrixText, playAll } from './matrix.ts'
import { targets } from './target.ts'

const results = []
for (const target of targets) results.push(await playAll(target))
console.log(matrixText(targets, results))
const failed = results.flat().some(({ verdict }) => verdict && verdict.grade !== 'pass')
process.exitCode = failed ? 1 : 0
