import type { SimulatorOptions } from '@interlingua/simulator'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { startPlayground } from '../src/server/server.ts'
import { type BuiltPage, buildPage } from './built-page.ts'
import { chromiumPath, launchBrowser, whyNoBrowser } from './chromium.ts'

/** Tests are skipped where it is. */
export const browserIsMissing: boolean = chromiumPath === undefined

if (browserIsMissing) console.log(`The page is not tested: ${whyNoBrowser}.`)

let browser: Browser
let built: BuiltPage

beforeAll(async () => {
  if (browserIsMissing) return
  built = await buildPage()
  browser = await launchBrowser()
})

afterAll(async () => {
  if (browserIsMissing) return
  await browser.close()
  await built[Symbol.asyncDispose]()
})

/** A page of a playground of its own. */
export interface OpenedPage {
  readonly page: Page
  readonly url: string
  readonly close: () => Promise<void>
  lane(letter: string): Locator
  run(): Promise<void>
  /** Until no lane runs. */
  settled(): Promise<void>
}

export interface OpenOptions {
  readonly simulator?: SimulatorOptions
  readonly example?: string
  readonly width?: number
  readonly dark?: boolean
  readonly hash?: string
  /** Of the simulator; 0 is as fast as possible. */
  readonly tokensPerSecond?: number
  /** What reaches the providers. */
  readonly fetch?: typeof globalThis.fetch
  readonly environment?: Readonly<Record<string, string>>
}

/** Opens a page. Both are closed when the test ends, and what the page's console complained about fails it. */
export async function openPage(options: OpenOptions = {}): Promise<OpenedPage> {
  const {
    simulator = {},
    example,
    width = 1280,
    dark = false,
    hash = '',
    tokensPerSecond,
    environment = {},
    fetch,
  } = options
  const playground = await startPlayground({
    port: 0,
    environment,
    simulator,
    page: built.folder,
    ...(fetch && { fetch }),
  })
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme: dark ? 'dark' : 'light' })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('net::ERR_')) problems.push(message.text())
  })
  onTestFinished(async () => {
    await page.close()
    await playground.close()
    expect(problems).toEqual([])
  })
  await page.goto(playground.url + hash)
  const runButton = page.getByRole('button', { name: 'Run', exact: true })
  await page.locator('.answering strong, .answering.live').waitFor()
  if (example !== undefined) await page.getByLabel('Load an example').selectOption(example)
  if (tokensPerSecond !== undefined) {
    await page.getByText('Parameters', { exact: true }).click()
    await page.getByLabel('Simulator, tokens a second').fill(String(tokensPerSecond))
    await page.getByText('Parameters', { exact: true }).click()
  }
  return {
    page,
    url: playground.url,
    close: () => playground.close(),
    lane: (letter) => page.getByRole('region', { name: `Lane ${letter}` }),
    run: () => runButton.click(),
    settled: () => runButton.waitFor(),
  }
}
