import type { RequestRecord } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { browserIsMissing, openPage } from './open-page.ts'

describe.skipIf(browserIsMissing)('lanes', () => {
  test('streams two lanes at once, and says who answers', async () => {
    const { page, lane, run, settled } = await openPage({ tokensPerSecond: 60 })
    expect(await page.locator('.answering').textContent()).toContain('A simulator answers.')
    expect(await lane('A').locator('.source').textContent()).toBe('Simulator, in place of Cohere')
    expect(await lane('B').locator('.source').textContent()).toBe('Simulator, in place of OpenAI')
    await run()
    await lane('A').locator('.answer-text').waitFor()
    await lane('B').locator('.answer-text').waitFor()
    // Both are under way: each of them can be stopped.
    await page.getByRole('button', { name: 'Stop lane A' }).waitFor()
    await page.getByRole('button', { name: 'Stop lane B' }).waitFor()
    await settled()
    for (const letter of ['A', 'B']) {
      expect(await lane(letter).locator('.answer-text').textContent()).toContain('1. ')
      expect(await lane(letter).locator('.status').textContent()).toMatch(/^stop/)
      expect(await lane(letter).locator('.meter').allTextContents()).toEqual([
        expect.stringMatching(/^First token[\d.]+ m?s$/),
        expect.stringMatching(/^Speed\d+ tok\/s$/),
        expect.stringMatching(/^Output\d+ tok$/),
        expect.stringMatching(/^Cost\$0\.\d{6}$/),
      ])
    }
    expect(await page.getByRole('status').textContent()).toMatch(/^Lane [AB] is done, \d+ tokens\.$/)
  })

  test('stops one lane, and closes its connection to the provider', async () => {
    const asked: RequestRecord[] = []
    const { page, lane, run } = await openPage({
      tokensPerSecond: 4,
      simulator: { onRequest: (each) => void asked.push(each) },
    })
    await run()
    await lane('A').locator('.answer-text').waitFor()
    await page.getByRole('button', { name: 'Stop lane A' }).click()
    const ofCohere = asked.find(({ path }) => path === '/v2/chat')
    expect(await ofCohere?.finished).toBe('cancelled')
    expect(await lane('A').locator('.status').textContent()).toMatch(/^stopped/)
    const ofOpenAI = asked.find(({ path }) => path === '/v1/responses')
    expect(ofOpenAI?.ended).toBeUndefined()
    await page.keyboard.press('Escape')
    expect(await ofOpenAI?.finished).toBe('cancelled')
    expect(await lane('B').locator('.status').textContent()).toMatch(/^stopped/)
  })

  test('shows citations where they stand, and their source on hover and focus', async () => {
    const { page, lane, run, settled } = await openPage({ example: 'Documents and citations', tokensPerSecond: 0 })
    await run()
    await settled()
    const cited = lane('A').locator('.cite').first()
    expect(await cited.textContent()).toBe('Emperor penguins are the tallest penguins.1')
    expect(await lane('A').getByRole('list', { name: 'Sources' }).textContent()).toBe('Emperor penguinsdocument')
    await cited.hover()
    expect(await page.getByRole('tooltip').textContent()).toContain('They live only in Antarctica')
    await page.mouse.move(0, 0)
    await page.getByRole('tooltip').waitFor({ state: 'detached' })
    await cited.focus()
    await page.getByRole('tooltip').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('tooltip').waitFor({ state: 'detached' })
  })

  test('shows plan and tool calls, sends results, and goes on with another provider', async () => {
    const { page, lane, run, settled } = await openPage({ example: 'Tools', tokensPerSecond: 0 })
    await run()
    await settled()
    const calls = lane('A').getByRole('list', { name: 'Tool calls' }).locator('.tool')
    expect(await calls.locator('.tool-name').allTextContents()).toEqual(['Plan', 'get_weather', 'get_weather'])
    expect(await calls.locator('.tool-args').allTextContents()).toEqual(['{"city":"Paris"}', '{"city":"Rome"}'])
    const reply = page.getByRole('form', { name: 'Continue lane A' })
    await reply.getByLabel('Provider to go on with').selectOption('OpenAI, chat completions')
    await reply.getByRole('button', { name: 'Send results' }).click()
    await lane('A').locator('.answer > .answer-text').waitFor()
    await settled()
    expect(await lane('A').locator('.answer > .answer-text').textContent()).toContain('21')
    expect(await lane('A').locator('.source').textContent()).toBe('Simulator, in place of OpenAI, chat completions')
    expect(await lane('A').locator('.earlier-model').textContent()).toBe('command-a-03-2025')
    // What Cohere said, and OpenAI has no place for, is told.
    expect(await lane('A').getByRole('list', { name: 'Warnings' }).textContent()).toContain('plan')
    await page
      .getByRole('form', { name: 'Continue lane A' })
      .getByLabel('Message to go on with')
      .fill('Who wrote Dune?')
    await page.keyboard.press('Control+Enter')
    await lane('A').locator('.answer > .answer-text', { hasText: 'Frank Herbert' }).waitFor()
    expect(await lane('A').locator('.earlier').count()).toBe(2)
  })

  test('folds thinking away', async () => {
    const { lane, run, settled } = await openPage({ example: 'Thinking', tokensPerSecond: 0 })
    await run()
    await settled()
    for (const letter of ['A', 'B', 'C']) {
      const thinking = lane(letter).locator('details.thinking')
      expect(await thinking.getAttribute('open')).toBeNull()
      await thinking.locator('summary').click()
      expect((await thinking.locator('p').textContent())?.length).toBeGreaterThan(10)
    }
  })

  test('makes faults, and shows error, retry and hand-off', async () => {
    const { page, lane, run, settled } = await openPage({
      example: 'A fault, with retry and fallback',
      tokensPerSecond: 400,
    })
    await run()
    await settled()
    expect(await lane('A').getByRole('list', { name: 'Attempts' }).locator('li').allTextContents()).toEqual([
      expect.stringContaining('Request 1 answered with HTTP 429'),
      expect.stringContaining('rate_limit; trying again in 1.20 s'),
      expect.stringContaining('Request 2 sent'),
    ])
    expect(await lane('B').getByRole('list', { name: 'Attempts' }).textContent()).toContain('gpt-5-mini takes over')
    expect(await lane('C').getByRole('region', { name: 'Error timeout' }).textContent()).toContain('deadlineidle')
    for (const letter of ['A', 'B']) expect(await lane(letter).locator('.answer-text').textContent()).toContain('3. ')
    // The same lane without recovery, set in its options.
    await page.getByRole('button', { name: 'Options of lane A' }).click()
    await lane('A').getByLabel('Where it fails').selectOption('Show the error')
    await page.getByRole('button', { name: 'Remove lane C' }).click()
    await run()
    await settled()
    expect(await lane('A').getByRole('region', { name: 'Error rate_limit' }).textContent()).toContain('status429')
  })
})
