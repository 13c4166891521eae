import { basename, dirname, join } from 'node:path'
import { expect, onTestFinished, type TestContext, TestRunner } from 'vitest'
import { type CassetteOptions, openCassette } from './cassette.ts'
import { fileNameOf } from './test-name.ts'

/** How the cassette of a test is used. */
export interface TestCassetteOptions extends CassetteOptions {
  /** The name of the file, in place of the test's title. A test that uses several cassettes needs it. */
  readonly name?: string
}

/**
 * A `fetch` on a cassette of the test that calls it: `cassettes/<test file>/<test name>.json`, beside the test file. The
 * cassette is written when the test ends, and a request without a recording fails the test.
 *
 * ```ts
 * test('recommends a book', async () => {
 *   const cohere = createCohere({ fetch: await useCassette() })
 *   …
 * })
 * ```
 *
 * `CASSETTE=record-missing vitest run` records what is missing.
 *
 * @throws {Error} in a concurrent test, which has to hand over its context: `useCassette(context)`.
 * @throws {Error} where another test has the same file: by its title, or by its `name`.
 */
export function useCassette(options?: TestCassetteOptions): Promise<typeof globalThis.fetch>
/** The same in a concurrent test, which vitest can tell from others by its context only. */
export function useCassette(context: TestContext, options?: TestCassetteOptions): Promise<typeof globalThis.fetch>
export async function useCassette(
  first: TestContext | TestCassetteOptions = {},
  second: TestCassetteOptions = {},
): Promise<typeof globalThis.fetch> {
  const [test, options] = isContext(first) ? [testOf(first), second] : [currentTest(), first]
  const { name = test.title } = options
  const path = join(dirname(test.file), 'cassettes', basename(test.file), `${fileNameOf(name)}.json`)
  const other = users.get(path)
  if (other && other.id !== test.id) {
    throw new Error(
      `Two tests have the cassette ${path}: '${other.title}' and '${test.title}'. ` +
        "Give one another title (in test.each, one with '%s'), or a file name: useCassette({ name: '…' }).",
    )
  }
  if (open.has(path)) {
    throw new Error(`'${test.title}' has the cassette ${path} open already. Give this one useCassette({ name: '…' }).`)
  }
  users.set(path, test)
  open.add(path)
  const cassette = await openCassette(path, options).catch((error: unknown) => {
    open.delete(path)
    throw error
  })
  test.onFinished(() => {
    open.delete(path)
    return cassette.close()
  })
  return cassette.fetch
}

/** A test, also one that runs again after it has failed: its id stays. */
interface RunningTest {
  readonly id: string
  readonly title: string
  readonly file: string
  onFinished(end: () => Promise<void>): void
}

const users = new Map<string, RunningTest>()
const open = new Set<string>()

function isContext(value: TestContext | TestCassetteOptions): value is TestContext {
  return 'task' in value
}

function testOf({ task, onTestFinished: onFinished }: TestContext): RunningTest {
  const titles = [task.name]
  for (let { suite } = task; suite; { suite } = suite) titles.unshift(suite.name)
  return { id: task.id, title: titles.join(' > '), file: task.file.filepath, onFinished }
}

function currentTest(): RunningTest {
  const { testPath: file, currentTestName: title } = expect.getState()
  const task = TestRunner.getCurrentTest()
  if (task?.concurrent) {
    throw new Error(
      'Tests that run concurrently have to say who they are: test.concurrent(…, async (context) => { await useCassette(context) }).',
    )
  }
  if (!task || file === undefined || title === undefined) {
    throw new Error('useCassette() belongs inside a test: the cassette is named after it.')
  }
  return { id: task.id, title, file, onFinished: onTestFinished }
}
