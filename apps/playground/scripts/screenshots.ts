import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startPlayground } from '../src/server/server.ts'
import { launchBrowser } from '../browser/chromium.ts'

// The pictures of the playground: `pnpm --filter @interlingua/playground screenshots [name …]`.
const folder = join(import.meta.dirname, '..', 'screenshots')
await mkdir(folder, { recursive: true })
await using playground = await startPlayground({ port: 0, environment: {} })
await using browser = await launchBrowser()

interface Picture {
  readonly name: string
  readonly example?: string
  readonly dark?: boolean
  readonly phone?: boolean
  readonly act?: (page: Page) => Promise<void>
}

const run = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
}
const finished = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor({ timeout: 30_000 })
}

const pictures: readonly Picture[] = [
  { name: 'empty' },
  {
    name: 'streaming',
    example: 'Thinking',
    act: async (page) => {
      await page.getByText('Parameters', { exact: true }).click()
      await page.getByLabel('Simulator, tokens a second').fill('20')
      await page.getByText('Parameters', { exact: true }).click()
      await run(page)
      await page.locator('.answer-text').nth(2).waitFor()
      await page.waitForTimeout(600)
    },
  },
  {
    name: 'citations',
    example: 'Documents and citations',
    act: async (page) => {
      await run(page)
      await finished(page)
      await page.locator('.cite').first().hover()
    },
  },
  {
    name: 'inspector',
    example: 'Tools',
    act: async (page) => {
      await run(page)
      await finished(page)
      await page.getByRole('button', { name: 'Inspect lane A' }).click()
      await page.getByRole('slider', { name: 'Event' }).fill('20')
    },
  },
  {
    name: 'faults',
    example: 'A fault, with retry and fallback',
    dark: true,
    act: async (page) => {
      await run(page)
      await finished(page)
    },
  },
  {
    name: 'export',
    act: async (page) => {
      await run(page)
      await finished(page)
      await page.getByRole('button', { name: 'Export' }).click()
    },
  },
  {
    name: 'phone',
    phone: true,
    example: 'Documents and citations',
    act: async (page) => {
      await run(page)
      await finished(page)
    },
  },
]

const wanted = process.argv.slice(2)
for (const { name, example, dark, phone, act } of pictures) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const page = await browser.newPage({
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 860 },
    colorScheme: dark ? 'dark' : 'light',
  })
  page.on('pageerror', (error) => console.error(name, error))
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(name, message.text())
  })
  await page.goto(playground.url)
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor()
  if (example !== undefined) await page.getByLabel('Load an example').selectOption(example)
  await act?.(page)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: phone === true })
  console.log(`screenshots/${name}.png`)
  await page.close()
}
