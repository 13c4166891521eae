import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..')
const programs = globSync('[0-9][0-9]-*.ts', { cwd: folder }).toSorted()

/** What each program prints, by what its scripts say. A line may be an expression where it cannot be known. */
const printed: Partial<Record<string, readonly (string | RegExp)[]>> = {
  '01-first-call.ts': [
    /^Answering: a local simulator at http:\/\/127\.0\.0\.1:\d+ /,
    'Set CO_API_KEY to ask Cohere instead.',
    '',
    'Try A Wizard of Earthsea by Ursula K. Le Guin.',
    'command-a-03-2025 ended with stop.',
  ],
  '02-streaming.ts': [
    'message-start  ""',
    'content-start  ""',
    'content-delta  "Try "',
    'content-delta  "A Wizard"',
    'content-delta  " of Earthsea."',
    'content-end    ""',
    'message-end    ""',
    'Try A Wizard of Earthsea. (7 output tokens)',
    'Try A Wizard of Earthsea. (3 pieces)',
  ],
  '03-tools.ts': [
    'I will look up both books.',
    'find-book({"title":"Dune"}) -> [{"type":"document","data":{"title":"Dune","shelf":3}}]',
    'find-book({"title":"Emma"}) failed: "The tool find-book failed: Emma is lent out."',
    'Dune is on shelf 3, and Emma is lent out.',
  ],
  '04-streamed-tool-arguments.ts': [
    '""                         {}',
    String.raw`"{\"title\": \"Dune\", "   {"title":"Dune"}`,
    String.raw`"\"text\": \"Sand "        {"title":"Dune","text":"Sand "}`,
    String.raw`"and spice.\""             {"title":"Dune","text":"Sand and spice."}`,
    String.raw`", \"stars\": 5}"          {"title":"Dune","text":"Sand and spice.","stars":5}`,
    'complete: {"title":"Dune","text":"Sand and spice.","stars":5}',
  ],
  '05-toolkit.ts': [
    'shelf_add: Adds a book to the shelf. On it: Dune.',
    'shelf_add: Adds a book to the shelf. On it: Dune, Momo.',
    'Momo is on your shelf now.',
  ],
  '06-agent-loop.ts': [
    'search [{"title":"Dune","topic":"deserts"}]',
    'step 0: tool_calls',
    'reserve "You are number 1 in the queue."',
    'step 1: tool_calls',
    'step 2: stop',
    'I reserved Dune for you. (finished after 3 steps)',
    'stop_when, reserved: Dune, Dune',
  ],
  '07-structured-output.ts': [
    'Dune (1965): sand, spice',
    '{"title":"Du"}',
    '{"title":"Dune"} the title is complete',
    '{"title":"Dune","year":1965,"tags":["sand"]} the title is complete',
    '{"title":"Dune","year":1965,"tags":["sand","spice"]} the title is complete',
  ],
  '08-repair.ts': [
    "repaired: [ 'year' ]",
    "{ title: 'Dune', year: 1965 }",
    'output_validation: {"title": "Dune", "year": "long ago"}',
  ],
  '09-retry.ts': ['attempt 1: overloaded', 'attempt 2: server', 'Try Momo by Michael Ende. (after 2 failures)'],
  '10-fallback.ts': [
    'command-a-03-2025 said "Try The Hobbit" and failed (server).',
    'true command-r-08-2024: Try Momo by Michael Ende.',
  ],
  '11-override-and-context.ts': [
    'command-r7b-12-2024 at 0.2',
    'command-r7b-12-2024 at 0.9',
    'command-a-03-2025 at 0.2',
    'command-r7b-12-2024 at 0.2',
    'command-a-03-2025 at 0.2',
    "[ 'command-r7b-12-2024', 'command-a-03-2025' ]",
  ],
  '12-middleware.ts': [
    'completed Try Momo.',
    'streamed Try Momo.',
    'completed Try Momo.',
    'not in the cache: invalid_request',
    'failed invalid_request',
  ],
  '13-prompt-templates.ts': [
    String.raw`system: "You are a librarian. These are your books:\nMomo\nEmil and the Detectives"`,
    'user: "Hello!"',
    'assistant: "What are you looking for?"',
    /^user: \[\{"type":"text","text":"Which of them is this\?"\},\{"type":"image","url":"data:image\/gif;base64,\w+","detail":"low"\},\{"type":"text","text":"Answer for Michael\."\}\]$/,
    'The cover of Momo.',
  ],
  '14-citations.ts': [
    'Giant pandas eat bamboo, and polar bears eat seals.',
    '"eat bamboo" from pandas, verified: true',
    '"eat seals" from bears, verified: true',
  ],
  // Spice is in one of the two books about sand.
  '15-search.ts': [
    'candidates: 2',
    'Dune: sand, spice and prophecy on a desert planet',
    'The Martian: an astronaut grows potatoes on a planet of red sand',
  ],
  '16-conversation.ts': [
    'user: Recommend a fantasy book',
    'assistant: {"type":"thinking","text":"They like fantasy."} {"type":"text","text":"Try Momo."}',
    'user: I know that one.',
    'assistant: {"type":"thinking","text":"Something like it."} {"type":"text","text":"Then try The Neverending Story."}',
    'user: Who wrote them?',
    'assistant: {"type":"thinking","text":"Both are the same author."} {"type":"text","text":"Both are by Michael Ende."}',
  ],
  '17-stopping.ts': ['1 2 3', 'aborted true'],
  '18-errors.ts': [
    'rate_limit: wait {"status":429,"retryable":true,"retryAfterMs":7000}',
    'overloaded: ask again, or another model {"status":503,"retryable":true}',
    /^server: ask again \{"retryable":true,"partial":"Try The Hobbit.*"\}$/,
    /^truncated: ask again \{"retryable":true,"partial":"Try.*"\}$/,
    'not_found: ask for another model {"status":404,"retryable":false}',
  ],
  // A thousand input tokens at $2.5 a million, and five hundred output tokens at $10.
  '19-cost.ts': [
    '$0.0075 for { inputTokens: 1000, outputTokens: 500 }',
    '1000 inputTokens at $2.5 a million',
    '500 outputTokens at $10 a million',
    `command-a-03-2025 ${1_000 * 2_000 + 500 * 8_000} our contract`,
    /^command-r-08-2024 \d+ https:\/\/models\.dev$/,
  ],
  '20-mcp-tools.ts': [
    'library_find -> [{"type":"document","data":{"shelf":3}}]',
    'library_lend failed: "The tool library_lend failed: Emma is lent out."',
    'opening_hours -> "We close at six."',
    'Dune is on shelf 3, Emma is lent out, and we close at six.',
  ],
  '21-open-telemetry.ts': [
    'chat command-a-03-2025 [0.3,["stop"],70,4]  UNSET',
    'chat command-a-03-2025 [null,["stop"],70,4]  UNSET',
    'chat command-a-03-2025 [null,null,null,null] server ERROR',
  ],
}

describe('the examples', () => {
  test.concurrent.each(programs)('%s prints what it says', { timeout: 60_000 }, async (program) => {
    const expected = (printed[program] ?? []).map((line) =>
      typeof line === 'string' ? line : expect.stringMatching(line),
    )
    expect(await run(program)).toEqual(expected)
  })

  test('are all in the index, which has no others', () => {
    const index = readFileSync(join(folder, 'README.md'), 'utf8')
    const listed = Array.from(index.matchAll(/^\| \[[\w-]+\]\((.*?)\)/gm), ([, path]) => path)
    expect(listed).toEqual(programs)
    expect(programs.length).toBeGreaterThan(20)
  })
})

/** The lines that a program prints, without a key. */
async function run(program: string): Promise<string[]> {
  const { CO_API_KEY: _, COHERE_API_KEY: _other, ...env } = process.env
  const args = ['--conditions=@interlingua/source', join(folder, program)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...env, NO_COLOR: '1' } })
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
}
