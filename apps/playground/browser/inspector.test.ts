import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { browserIsMissing, openPage } from './open-page.ts'

describe.skipIf(browserIsMissing)('the inspector', () => {
  test('has an inspector that goes back through the events', async () => {
    const { page, lane, run, settled } = await openPage({ tokensPerSecond: 0 })
    await run()
    await settled()
    const whole = await lane('A').locator('.answer-text').textContent()
    await page.getByRole('button', { name: 'Inspect lane A' }).click()
    const inspector = page.getByRole('region', { name: 'Inspector of lane A' })
    const records = inspector.getByRole('listbox', { name: 'Events' })
    await inspector.getByRole('slider', { name: 'Event' }).fill('7')
    expect(
      JSON.parse((await inspector.getByRole('region', { name: 'Wire event' }).locator('pre').textContent()) ?? ''),
    ).toMatchObject({
      type: 'content-delta',
      delta: { message: { content: { text: expect.any(String) } } },
    })
    expect(
      JSON.parse((await inspector.getByRole('region', { name: '1 delta' }).locator('pre').textContent()) ?? ''),
    ).toMatchObject([{ type: 'text', index: 0 }])
    const early = (await lane('A').locator('.answer-text').textContent()) ?? ''
    expect(early).not.toBe('')
    expect(early).not.toBe(whole)
    expect(whole?.startsWith(early)).toBe(true)
    expect(
      JSON.parse((await inspector.getByRole('region', { name: 'State after it' }).locator('pre').textContent()) ?? ''),
    ).toEqual({ content: early })
    await records.focus()
    await page.keyboard.press('ArrowDown')
    expect((await lane('A').locator('.answer-text').textContent())?.startsWith(early)).toBe(true)
    expect(await lane('A').locator('.answer-text').textContent()).not.toBe(early)
    await page.keyboard.press('Home')
    expect(await inspector.locator('.json h3').first().textContent()).toBe('begin')
    await page.keyboard.press('End')
    expect(await lane('A').locator('.answer-text').textContent()).toBe(whole)
    expect(await records.getByRole('option', { selected: true }).textContent()).toContain('end')
    await page.getByRole('button', { name: 'Close the inspector' }).click()
    expect(await lane('A').locator('.answer-text').textContent()).toBe(whole)
  })

  test('takes ten thousand events', async () => {
    const count = 10_000
    const deltas = Array.from({ length: count }, (_, index) => (index % 20 === 19 ? `${index}\n` : `${index} `))
    const simulator = { scripts: [{ deltas }] }
    const { page, lane, run, settled } = await openPage({ simulator, tokensPerSecond: 0 })
    // Cohere's model ends at 8,192 tokens.
    await page.getByLabel('Provider of lane A').selectOption('OpenAI, chat completions')
    await page.evaluate(() => {
      const tasks: number[] = []
      new PerformanceObserver((list) =>
        tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))),
      ).observe({ type: 'longtask' })
      Object.assign(globalThis, { longTasks: tasks })
    })
    // That such tasks are seen is seen first.
    await page.evaluate(() =>
      setTimeout(() => {
        for (const end = performance.now() + 120; performance.now() < end;);
      }),
    )
    await page.waitForFunction(() => (globalThis as { longTasks?: number[] }).longTasks?.splice(0).length)
    const begun = performance.now()
    await run()
    await settled()
    const took = performance.now() - begun
    const whileStreaming = await longTasks(page)
    expect(await lane('A').locator('.answer-text').textContent()).toBe(deltas.join(''))
    expect(await lane('B').locator('.answer-text').textContent()).toBe(deltas.join(''))
    await page.getByRole('button', { name: 'Inspect lane A' }).click()
    const records = page.getByRole('listbox', { name: 'Events' })
    expect(await records.getByRole('option').count()).toBeLessThan(60)
    const slider = page.getByRole('slider', { name: 'Event' })
    expect(Number(await slider.getAttribute('max'))).toBeGreaterThan(count)
    await slider.fill('5004')
    const shown = await lane('A').locator('.answer-text').textContent()
    expect(shown).toBe(deltas.join('').slice(0, shown?.length))
    expect(shown).toContain('4990 ')
    await slider.fill('12')
    await records.focus()
    await page.keyboard.press('End')
    expect(await records.getByRole('option', { selected: true }).textContent()).toContain('end')
    const whileInspecting = await longTasks(page)
    console.log(`2 × ${count} events in ${Math.round(took)} ms; milliseconds of each task over 50 ms:`, {
      whileStreaming,
      whileInspecting,
    })
  })
})

/** How long each of the tasks since the last look took that were longer than 50 ms. */
function longTasks(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => (globalThis as { longTasks?: number[] }).longTasks?.splice(0) ?? [])
}
