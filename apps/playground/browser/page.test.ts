import { text } from 'node:stream/consumers'
import { createSimulator, type RequestRecord } from '@interlingua/simulator'
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { browserIsMissing, openPage } from './open-page.ts'

async function downloaded(page: Page, act: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent('download')
  await act()
  return text(await (await download).createReadStream())
}

describe.skipIf(browserIsMissing)('the page', () => {
  test('shares a setup as a URL without keys', async () => {
    const environment = { CO_API_KEY: 'co-a-secret-key', OPENAI_API_KEY: 'sk-a-secret-key' }
    const { page } = await openPage({ example: 'Tools', environment })
    await page.getByRole('textbox', { name: 'Prompt' }).fill('What is the weather in Oslo? Grüße!')
    await page.getByRole('button', { name: 'Share' }).click()
    await page.waitForFunction(() => location.hash.startsWith('#s='))
    const { hash } = new URL(page.url())
    const other = await openPage({ hash, environment })
    expect(await other.page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe(
      'What is the weather in Oslo? Grüße!',
    )
    expect(await other.lane('C').getByLabel('Provider of lane C').inputValue()).toBe('mistral')
    const code = hash.slice(3).replaceAll('-', '+').replaceAll('_', '/')
    const shared = new Response(
      new Blob([Buffer.from(code, 'base64')]).stream().pipeThrough(new DecompressionStream('deflate-raw')),
    )
    expect(await shared.text()).not.toMatch(/secret|API_KEY/)
    expect(await other.page.content()).not.toContain('secret')
  })

  test.each(['#s=AAAA', '#s=q1ZKVrKqBQA', '#other'])('opens with a URL that says nothing: %s', async (hash) => {
    const { lane } = await openPage({ hash })
    expect(await lane('A').getByLabel('Model of lane A').inputValue()).toBe('command-a-03-2025')
  })

  test('exports a program and a cassette', async () => {
    const { page, run, settled } = await openPage({ tokensPerSecond: 0 })
    await run()
    await settled()
    await page.getByRole('button', { name: 'Export' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export' })
    expect(await dialog.getByLabel('Program').textContent()).toContain('createCohere({')
    await dialog.getByLabel('What to export').selectOption('Lane B')
    expect(await dialog.getByLabel('Program').textContent()).not.toContain('createCohere')
    await dialog.getByLabel('What to export').selectOption('All lanes')
    const { cassette, exchanges } = JSON.parse(
      await downloaded(page, () => dialog.getByRole('link', { name: 'Cassette' }).click()),
    ) as { cassette: number; exchanges: { request: { url: string } }[] }
    expect(cassette).toBe(1)
    expect(exchanges.map(({ request }) => request.url)).toEqual([
      'https://api.cohere.com/v2/chat',
      'https://api.openai.com/v1/responses',
    ])
    const program = await downloaded(page, () => dialog.getByRole('button', { name: 'Download' }).click())
    expect(program).toBe(await dialog.getByLabel('Program').textContent())
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  test('can be used with the keyboard alone', async () => {
    const { page, lane, settled } = await openPage()
    const focused = (): Promise<string> =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      )
    await page.locator('body').press('Tab')
    expect(await focused()).toContain('Skip to the answers')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Prompt' }).focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Who wrote Dune?')
    await page.keyboard.press('Control+Enter')
    await lane('A').locator('.answer-text').waitFor()
    await settled()
    expect(await lane('A').locator('.answer-text').textContent()).toContain('Frank Herbert')
    // Every control has a name, and can be reached.
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, select, textarea, a[href], summary')]
        .filter((element) => !(element instanceof HTMLInputElement && element.type === 'file'))
        .filter((element) => {
          const labels = 'labels' in element ? (element.labels as NodeListOf<HTMLLabelElement> | null) : null
          return !element.getAttribute('aria-label') && !element.textContent?.trim() && !labels?.length
        })
        .map((element) => element.outerHTML),
    )
    expect(nameless).toEqual([])
    await page.getByRole('button', { name: 'Inspect lane B' }).press('Enter')
    await page.getByRole('slider', { name: 'Event' }).press('ArrowLeft')
    expect(
      await page.getByRole('region', { name: 'Inspector of lane B' }).locator('.scrubber-place').textContent(),
    ).toMatch(/^(\d+) \/ \d+$/)
  })

  test('says what is wrong with a setup, and asks nobody', async () => {
    const asked: RequestRecord[] = []
    const { page, run } = await openPage({ simulator: { onRequest: (each) => void asked.push(each) } })
    await page.getByText('JSON schema', { exact: true }).click()
    await page.getByLabel('JSON Schema of the answer').fill('{ "type": ')
    await run()
    expect(await page.getByRole('alert').textContent()).toContain('JSON schema.')
    await page.getByLabel('JSON Schema of the answer').fill('')
    await page.getByRole('textbox', { name: 'Prompt' }).fill(' ')
    await run()
    expect(await page.getByRole('alert').textContent()).toContain('Write a prompt.')
    expect(asked).toEqual([])
  })

  test('says that its server is gone', async () => {
    const { page, lane, run, close } = await openPage({ tokensPerSecond: 5 })
    await run()
    await lane('A').locator('.answer-text').waitFor()
    await close()
    await page.getByText('The playground’s server is not running.').waitFor()
    expect(await lane('A').getByRole('region', { name: 'Error connection' }).textContent()).toContain('does not answer')
    expect(await lane('A').locator('.answer-text').textContent()).not.toBe('')
  })

  test.each([
    { name: 'a phone', width: 390 },
    { name: 'a small phone', width: 320 },
    { name: 'a tablet', width: 820 },
  ])('fits $name', async ({ width }) => {
    const { page, lane, run, settled } = await openPage({ width, example: 'Tools', tokensPerSecond: 0 })
    await run()
    await settled()
    await page.getByRole('button', { name: 'Inspect lane A' }).click()
    await page.getByRole('button', { name: 'Options of lane A' }).click()
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    expect(await lane('A').locator('.tool-args').first().textContent()).toBe('{"city":"Paris"}')
  })

  test('is dark where the system is, and as it is told', async () => {
    const { page } = await openPage({ dark: true })
    const lightness = (): Promise<number> =>
      page.evaluate(() => {
        const [red = 0, green = 0, blue = 0] = (
          getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []
        ).map(Number)
        return (red + green + blue) / 3
      })
    expect(await lightness()).toBeLessThan(40)
    await page.getByRole('radio', { name: 'Light' }).check({ force: true })
    expect(await lightness()).toBeGreaterThan(220)
    await page.reload()
    expect(await lightness()).toBeGreaterThan(220)
  })

  test('with keys the providers answer, over a real connection', async () => {
    const vendor = await createSimulator().listen()
    onTestFinished(() => vendor.close())
    const { page, lane, run } = await openPage({
      environment: { CO_API_KEY: 'co-a-secret-key' },
      fetch: (input, init) =>
        fetch((input instanceof Request ? input.url : input.toString()).replace(/^https:\/\/[^/]+/, vendor.url), init),
    })
    await page.getByText('In 1 of 2 lanes a simulator answers.').waitFor()
    expect(await lane('A').locator('.source').textContent()).toBe('Cohere itself, with the key in CO_API_KEY')
    await run()
    await lane('A').locator('.status', { hasText: /^stop/ }).waitFor()
    expect(await lane('A').locator('.answer-text').textContent()).toContain('1. ')
  })
})
