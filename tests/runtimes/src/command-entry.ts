import { runSuite } from './suite.ts'

/** For runtimes with a command line: the address is the first argument. Prints the results as JSON. */
const { process } = globalThis as { readonly process?: { readonly argv: readonly string[] } }
console.log(JSON.stringify(await runSuite(process?.argv[2] ?? '')))
