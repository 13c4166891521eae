import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Figure, Target } from '../figure.ts'
import { isThere } from '../package-folder.ts'
import { samplesOf } from '../statistics.ts'

const bench = join(import.meta.dirname, '..', '..')
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

/** A program with one zod tool and one call, and one that imports the same and does nothing. */
interface TypedProgram {
  readonly name: string
  readonly packages: readonly string[]
  readonly isOurs?: boolean
  readonly imports: string
  readonly body: string
}

const typedPrograms: readonly TypedProgram[] = [
  {
    name: 'interlingua, Cohere',
    packages: ['@interlingua/core', '@interlingua/cohere'],
    isOurs: true,
    imports: `import { defineCall, defineTool } from '@interlingua/core'\nimport { cohere } from '@interlingua/cohere'`,
    body: `const weather = defineTool({ name: 'weather', input: z.object({ city: z.string() }), run: ({ city }) => city })
export const ask = defineCall({ model: cohere('command-a-03-2025'), tools: [weather], prompt: (city: string) => city })`,
  },
  {
    name: 'ai + @ai-sdk/cohere',
    packages: ['ai', '@ai-sdk/cohere'],
    imports: `import { streamText, tool } from 'ai'\nimport { cohere } from '@ai-sdk/cohere'`,
    body: `const weather = tool({ inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => city })
export const ask = (city: string) => streamText({ model: cohere('command-a-03-2025'), tools: { weather }, prompt: city })`,
  },
  {
    name: '@langchain/core + @langchain/openai',
    packages: ['@langchain/core', '@langchain/openai'],
    imports: `import { tool } from '@langchain/core/tools'\nimport { ChatOpenAI } from '@langchain/openai'`,
    body: `const weather = tool(({ city }) => city, { name: 'weather', schema: z.object({ city: z.string() }) })
export const ask = (city: string) => new ChatOpenAI({ model: 'gpt-5' }).bindTools([weather]).invoke(city)`,
  },
  {
    name: '@tanstack/ai + ai-openai',
    packages: ['@tanstack/ai', '@tanstack/ai-openai'],
    imports: `import { chat, toolDefinition } from '@tanstack/ai'\nimport { openaiText } from '@tanstack/ai-openai'`,
    body: `const weather = toolDefinition({ name: 'weather', description: '', inputSchema: z.object({ city: z.string() }) }).server(({ city }) => city)
export const ask = (city: string) => chat({ adapter: openaiText('gpt-5'), messages: [{ role: 'user', content: city }], tools: [weather] })`,
  },
]

/** What the compiler counts and takes for a program. */
function check(
  folder: string,
  source: string,
): { readonly instantiations: number; readonly seconds: number; readonly errors: number } {
  writeFileSync(join(folder, 'program.ts'), source)
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--extendedDiagnostics', '--pretty', 'false'], {
    encoding: 'utf8',
  })
  const number = (label: string): number => Number(new RegExp(`^${label}:\\s*([\\d.]+)`, 'm').exec(stdout)?.[1])
  return {
    instantiations: number('Instantiations'),
    seconds: number('Check time'),
    errors: stdout.match(/error TS/g)?.length ?? 0,
  }
}

export const types: Figure = {
  name: 'types',
  measure: async ({ only }) => {
    const folder = mkdtempSync(join(bench, 'node_modules', '.types-'))
    try {
      const compilerOptions = {
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        target: 'es2023',
        module: 'nodenext',
        types: ['node'],
        lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'],
      }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
      const rows: string[][] = []
      const targets: Target[] = []
      for (const { name, packages, imports, body, isOurs } of typedPrograms) {
        if (!packages.every(isThere) || (only && !name.includes(only))) continue
        const head = `import { z } from 'zod'\n${imports}\n`
        const names = [...imports.matchAll(/\{ ([^}]*) \}/g)]
          .flatMap(([, list = '']) => list.split(', ').map((each) => `typeof ${each}`))
          .join(', ')
        const before = check(folder, `${head}export type All = [${names}]\n`)
        const programs = Array.from({ length: 3 }, () => check(folder, `${head}${body}\n`))
        const [program = before] = programs
        const instantiations = program.instantiations - before.instantiations
        const { median } = samplesOf(programs.map(({ seconds }) => seconds))
        rows.push([name, program.errors > 0 ? 'does not compile' : `${instantiations}`, median.toFixed(2)])
        if (isOurs)
          targets.push({
            want: `${name}: ≤ 1,000 instantiations`,
            got: `${instantiations}`,
            isMet: instantiations <= 1_000,
          })
      }
      const note =
        'A program with one tool of zod and one call: the types that the compiler makes of generic ones, less those of a program that only imports the same; and its time to check the whole program.'
      return [{ title: 'What types cost', note, columns: ['program', 'instantiations', 'check, s'], rows, targets }]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
