import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from './repository.ts'

const require = createRequire(import.meta.url)
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc')
const core = join(root, 'packages', 'core')

/** What the compiler says of a program. */
export interface Compiled {
  /** How many types it had to make of generic ones. */
  readonly instantiations: number
  /** Its errors, each with all its lines. */
  readonly errors: readonly string[]
}

const nameOf = (index: number): string => `program-${index}.ts`

/** Compiles programs against the declarations of core, as an application would. */
export class TypeFixtures {
  readonly #folder: string

  constructor() {
    // Where `zod` is found, and where nobody looks for sources.
    const parent = join(core, 'node_modules', '.types')
    mkdirSync(parent, { recursive: true })
    this.#folder = mkdtempSync(join(parent, 'fixture-'))
    const { status, output } = this.#run(['-p', join(core, 'tsconfig.build.json'), '--emitDeclarationOnly'])
    if (status !== 0) throw new Error(output)
  }

  /** Compiles a program, which finds core in `./core/index.js`. */
  compile(program: string): Compiled {
    return this.#compile({ 'program.ts': program })
  }

  /** Compiles several programs at once: the errors of each. */
  errorsOf(programs: readonly string[]): readonly (readonly string[])[] {
    const { errors } = this.#compile(Object.fromEntries(programs.map((text, index) => [nameOf(index), text])))
    return programs.map((_, index) => errors.filter((error) => error.includes(`${nameOf(index)}(`)))
  }

  #compile(programs: Readonly<Record<string, string>>): Compiled {
    for (const [name, text] of Object.entries(programs)) writeFileSync(join(this.#folder, name), text)
    const options = {
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
      target: 'es2023',
      module: 'nodenext',
      types: [],
      lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'],
    }
    const config = { compilerOptions: options, files: Object.keys(programs) }
    writeFileSync(join(this.#folder, 'tsconfig.json'), JSON.stringify(config))
    const { output } = this.#run(['-p', this.#folder, '--extendedDiagnostics', '--pretty', 'false'])
    const [, count] = /^Instantiations:\s*(\d+)$/m.exec(output) ?? []
    if (count === undefined) throw new Error(output)
    const errors = output.split(/^(?=\S*program\S*\.ts\(|Files:)/m).filter((text) => /program\S*\.ts\(/.test(text))
    return { instantiations: Number(count), errors }
  }

  /** Removes what was written. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #run(args: readonly string[]): { readonly status: number | null; readonly output: string } {
    const out = ['--outDir', join(this.#folder, 'core')]
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, ...args, ...out], { encoding: 'utf8' })
    return { status, output: stdout + stderr }
  }
}
