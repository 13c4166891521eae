import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Figure, target } from '../figure.ts'
import type { Target } from '../result.ts'
import { samplesOf } from '../statistics.ts'

const bench = join(import.meta.dirname, '..', '..')
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

/** A program with one zod tool and one call, and one that imports the same and does nothing. */
interface TypedProgram {
  readonly name: string
  readonly isOurs?: boolean
  readonly imports: string
  /** The tool and the call, with this at the end of their names. */
  readonly body: (n: string) => string
}

const typedPrograms: readonly TypedProgram[] = [
  {
    name: 'interlingua, Cohere',
    isOurs: true,
    imports: `import { defineCall, defineTool } from '@interlingua/core'\nimport { cohere } from '@interlingua/cohere'`,
    body: (
      n,
    ) => `const weather${n} = defineTool({ name: 'weather${n}', input: z.object({ city: z.string() }), run: ({ city }) => city })
export const ask${n} = defineCall({ model: cohere('command-a-03-2025'), tools: [weather${n}], prompt: (city: string) => city })`,
  },
  {
    name: 'interlingua, OpenAI',
    isOurs: true,
    imports: `import { defineCall, defineTool } from '@interlingua/core'\nimport { openai } from '@interlingua/openai'`,
    body: (
      n,
    ) => `const weather${n} = defineTool({ name: 'weather${n}', input: z.object({ city: z.string() }), run: ({ city }) => city })
export const ask${n} = defineCall({ model: openai('gpt-5'), tools: [weather${n}], prompt: (city: string) => city })`,
  },
  {
    name: 'interlingua, any model',
    isOurs: true,
    imports: `import { defineCall, defineTool, type Model } from '@interlingua/core'`,
    body: (n) => `declare const model${n}: Model
const weather${n} = defineTool({ name: 'weather${n}', input: z.object({ city: z.string() }), run: ({ city }) => city })
export const ask${n} = defineCall({ model: model${n}, tools: [weather${n}], prompt: (city: string) => city })`,
  },
  {
    name: 'ai + @ai-sdk/cohere',
    imports: `import { streamText, tool } from 'ai'\nimport { cohere } from '@ai-sdk/cohere'`,
    body: (
      n,
    ) => `const weather${n} = tool({ inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => city })
export const ask${n} = (city: string) => streamText({ model: cohere('command-a-03-2025'), tools: { weather${n} }, prompt: city })`,
  },
  {
    name: '@langchain/core + @langchain/openai',
    imports: `import { tool } from '@langchain/core/tools'\nimport { ChatOpenAI } from '@langchain/openai'`,
    body: (
      n,
    ) => `const weather${n} = tool(({ city }) => city, { name: 'weather${n}', schema: z.object({ city: z.string() }) })
export const ask${n} = (city: string) => new ChatOpenAI({ model: 'gpt-5' }).bindTools([weather${n}]).invoke(city)`,
  },
  {
    name: '@tanstack/ai + ai-openai',
    imports: `import { chat, toolDefinition } from '@tanstack/ai'\nimport { openaiText } from '@tanstack/ai-openai'`,
    body: (
      n,
    ) => `const weather${n} = toolDefinition({ name: 'weather${n}', description: '', inputSchema: z.object({ city: z.string() }) }).server(({ city }) => city)
export const ask${n} = (city: string) => chat({ adapter: openaiText('gpt-5'), messages: [{ role: 'user', content: city }], tools: [weather${n}] })`,
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
  about:
    'How many types the compiler makes of generic ones for a program with one tool of zod and one call, less those for a program that only imports the same; how many more for the same tool and call once more; and the time to check the whole program.',
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
      const remarks: string[] = []
      const targets: Target[] = []
      for (const { name, imports, body, isOurs } of typedPrograms) {
        if (only && !name.includes(only)) continue
        const head = `import { z } from 'zod'\n${imports}\n`
        const names = [...imports.matchAll(/\{ ([^}]*) \}/g)]
          .flatMap(([, list = '']) => list.split(', '))
          .map((each) => (each.startsWith('type ') ? each.slice(5) : `typeof ${each}`))
        const before = check(folder, `${head}export type All = [typeof z, ${names.join(', ')}]\n`)
        const programs = Array.from({ length: 5 }, () => check(folder, `${head}${body('')}\n`))
        const [program = before] = programs
        const both = check(folder, `${head}${body('')}\n${body('2')}\n`)
        const { median } = samplesOf(programs.map(({ seconds }) => seconds))
        const instantiations = program.instantiations - before.instantiations
        if (before.errors + program.errors + both.errors > 0) {
          rows.push([name, '–', '–', '–'])
          remarks.push(`${name} does not compile.`)
        } else {
          const more = both.instantiations - program.instantiations
          rows.push([name, `${instantiations}`, `${more}`, (median * 1_000).toFixed(0)])
        }
        if (isOurs) targets.push(target(`${name}: ≤ 1,000 instantiations`, instantiations, 1_000, String))
      }
      return [
        {
          title: 'What types cost',
          columns: ['program', 'instantiations', 'of a second call', 'check, ms'],
          rows,
          remarks,
          targets,
        },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
