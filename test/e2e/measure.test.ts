import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderReport } from '../../src/builder/report/render-report.ts'
import { createRandom } from '../../src/core/random.ts'
import { randomEvaluation } from '../support/random-evaluation.ts'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop({ gpu: false })
})
afterAll(() => shop.close())

describe('measuring', () => {
  it('replays the visitor’s log under A and B, with plots, and shows the cold start', async () => {
    const { context, page } = await shop.visit({ tab: 'measure', consent: 'granted' })
    await page.locator('[data-measure="few"]').waitFor()
    await lookAt(page, [1, 2, 4])
    await page.locator('[data-measure="quality"] tbody tr').first().waitFor()
    const table = () => page.locator('[data-measure="quality"] td').allTextContents()
    await expect.poll(async () => (await table()).length).toBe(10)
    const before = await table()
    expect(before.filter((_, cell) => cell % 2 === 0)).toEqual(before.filter((_, cell) => cell % 2 === 1))
    await page.locator('[data-plot="curve"] svg path').first().waitFor({ state: 'attached' })
    await page.locator('[data-plot="steps"] svg').first().waitFor()
    await expect.poll(() => page.locator('[data-measure="cold"] dd').count()).toBe(4)

    await page.getByRole('tab', { name: 'Tune' }).click()
    await page.getByLabel('Start from').selectOption({ label: 'A wide choice' })
    await page.getByRole('tab', { name: 'Measure' }).click()
    await expect.poll(async () => (await table()).join()).not.toBe(before.join())
    await expect.poll(() => page.locator('[data-measure="cold"] dd').count()).toBe(8)
    await context.close()
  })

  it('opens the report of the command, its page or its numbers, and nothing else', async () => {
    const { context, page } = await shop.visit({ tab: 'measure' })
    const evaluation = randomEvaluation(['windowshop', 'popular', 'als'], createRandom(1))
    const open = page.getByLabel('Open a report')
    const heading = page.frameLocator('iframe.report').getByRole('heading', { name: 'How good are the suggestions?' })
    const bring = (name: string, text: string) =>
      open.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await bring('report.html', renderReport(evaluation))
    await heading.waitFor()
    await page.getByRole('button', { name: 'Close it' }).click()
    await bring('report.json', JSON.stringify(evaluation))
    await heading.waitFor()
    expect(await page.frameLocator('iframe.report').locator('svg.plot').count()).toBeGreaterThan(3)
    for (const other of ['{"models":{}}', '<p>a page</p>', 'no JSON']) {
      await bring('other.json', other)
      await expect.poll(() => page.locator('[data-measure="report"] .problem').textContent()).toContain('input-format')
      expect(await page.locator('iframe.report').count()).toBe(0)
      await bring('report.json', JSON.stringify(evaluation))
      await heading.waitFor()
    }
    await context.close()
  })

  it('lets one be a shopper of the sample shop, and oneself again', async () => {
    const { context, page } = await shop.visit({ tab: 'measure', consent: 'granted' })
    await lookAt(page, [1])
    const personas = page.locator('[data-measure="personas"] button')
    await expect.poll(() => personas.count()).toBeGreaterThan(4)
    const own = await logged(page)
    await personas.nth(2).click()
    await expect.poll(async () => (await logged(page)).length).toBe(20)
    await expect.poll(() => personas.nth(2).getAttribute('aria-pressed')).toBe('true')
    await personas.first().click()
    await expect.poll(() => logged(page)).toEqual(own)
    await context.close()
  })

  it('asks shoppers whose likes are known, and finds what is worse', async () => {
    const { context, page } = await shop.visit({ tab: 'tune', consent: 'granted' })
    await page.getByLabel('Start from').selectOption({ label: 'Best sellers only' })
    await page.getByRole('tab', { name: 'Measure' }).click()
    await page.getByRole('button', { name: 'Ask, after 5 views each' }).click()
    const told = page.locator('[data-measure="population"]')
    await told.waitFor()
    const [, a, b] = /A wins (\d+), B wins (\d+)/.exec((await told.textContent())!)!
    expect(Number(a)).toBeGreaterThan(Number(b))
    await page.locator('[data-plot="worth"] svg').waitFor()
    await context.close()
  })
})

async function lookAt(page: Page, places: readonly number[]): Promise<void> {
  for (const place of places) {
    await page.locator('windowshop-shelf[placement="for-you"] a.link').nth(place).click()
    await page.waitForSelector('.product h1')
    await page.locator('.wordmark').click()
    await page.waitForSelector('windowshop-shelf[placement="trending"]')
  }
}

/** Kinds and items of the log, by the view that lists it. */
async function logged(page: Page): Promise<string[]> {
  await page.getByRole('tab', { name: 'Now' }).click()
  await page.waitForFunction(() => !document.querySelector('.panel [aria-busy="true"]'))
  const rows = await page.locator('[data-list="events"] li .log-words').allTextContents()
  await page.getByRole('tab', { name: 'Measure' }).click()
  return rows.map((row) => row.trim())
}
