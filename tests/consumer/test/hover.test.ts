import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Compiler, compilers } from '../src/compiler.ts'
import { declarationsOf, type Hover } from '../src/hover.ts'
import { hoverByServer } from '../src/language-server.ts'
import { hoverByService } from '../src/language-service.ts'

const path = join(import.meta.dirname, '..', 'fixtures', 'example.ts')
const program = readFileSync(path, 'utf8')

async function hover(compiler: Compiler, text: string, names: readonly string[]): Promise<Hover[]> {
  const look = Number.parseInt(compiler.version, 10) < 7 ? hoverByService : hoverByServer
  return look(compiler, path, text, declarationsOf(text, names))
}

describe.each(compilers)('an editor with TypeScript $version', (compiler) => {
  test('shows short types', { timeout: 60_000 }, async () => {
    const names = ['cohere', 'model', 'recommendBook', 'stream', 'chunk', 'tool', 'response', 'message', 'finishReason']
    expect(await hover(compiler, program, names)).toEqual([
      'const cohere: CohereProvider',
      'const model: Model<CohereTypes>',
      'const recommendBook: Call<[genre: string], CohereTypes, unknown>',
      'const stream: StreamOf<CohereTypes>',
      'const chunk: CohereCallResponseChunk',
      'const tool: CohereTool | undefined',
      'const response: CohereCallResponse',
      'const message: AssistantMessage',
      'const finishReason: CohereFinishReason',
    ])
  })

  test('would show all seven type arguments of a stream that is not named', { timeout: 60_000 }, async () => {
    const seven = 'BaseCallResponse, BaseCallResponseChunk, Message, BaseTool, CallConfig, CallParams, FinishReason'
    const spelled = `import type * as core from '@interlingua/core'
      export const stream = null! as core.BaseStream<${seven.replaceAll(/\w+/g, 'core.$&')}>`
    const [shown] = await hover(compiler, spelled, ['stream'])
    expect(shown).toMatch(/^const stream: (core\.)?BaseStream<.*FinishReason/s)
  })
})
