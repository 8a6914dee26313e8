import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderReport } from '../../src/builder/report/render-report.ts'
import { createRandom } from '../../src/core/random.ts'
import { randomEvaluation } from '../support/random-evaluation.ts'
import { openDemoShop, type DemoShop } from './demo-shop.ts'
import { findings } from './findings.ts'

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop({ gpu: false })
})
afterAll(() => shop.close())

describe('every state of the workbench has words, and nothing for axe to find', () => {
  it('empty: no such item, nothing found, an empty cart, no event', async () => {
    const { context, page } = await shop.visit()
    await page.waitForSelector('[data-list="you"] li')
    for (const [hash, words] of [
      ['#/item/none', 'gone'],
      ['#/search?q=zzzz', 'zzzz'],
      ['#/cart', 'empty'],
    ] as const) {
      await page.evaluate((to) => void (location.hash = to), hash)
      await expect.poll(() => page.locator('#shop').textContent()).toContain(words)
      expect(await findings(page), hash).toEqual([])
    }
    for (const tab of await page.getByRole('tab').all()) await look(page, tab)
    await context.close()
  })

  it('loading: each view says so, or shows the room that it will take', async () => {
    const context = await shop.browser.newContext({ locale: 'en' })
    const page = await context.newPage()
    // Never answered.
    await context.route('**/later/manifest.json', () => {})
    await page.goto(`${shop.server.url}?bundle=later/manifest.json`)
    await page.getByRole('tab').first().waitFor()
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click()
      await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true')
      await expect.poll(async () => (await page.locator('#panel-view').textContent())!.trim().length).toBeGreaterThan(0)
      expect(await findings(page), (await tab.textContent())!).toEqual([])
    }
    await context.close()
  })

  it('broken: no bundle at all', async () => {
    const { context, page } = await shop.visit({ bundle: 'nowhere/manifest.json' })
    await page.getByText('The shop’s data is not here').waitFor()
    for (const tab of await page.getByRole('tab').all()) await look(page, tab)
    await page.getByRole('tab', { name: 'Rules' }).click()
    const alert = () => page.locator('#panel-view [role="alert"]').textContent()
    await expect.poll(alert).toContain('A file of the shop’s bundle could not be fetched. bundle-unreachable')
    await page.getByRole('tab', { name: 'Now' }).click()
    await page.getByRole('radio', { name: '中文' }).check()
    await page.getByRole('tab', { name: '调参' }).click()
    await expect.poll(alert).toContain('无法获取商店数据包中的一个文件。')
    await context.close()
  })

  for (const theme of ['light', 'dark']) {
    it(`open: the form of each kind of rule, and a report, ${theme}`, async () => {
      const { context, page } = await shop.visit({ tab: 'rules', theme })
      await page.getByRole('button', { name: 'Add a rule' }).click()
      const kind = page.locator('.rule-form').getByLabel('Does')
      for (const value of await kind
        .locator('option')
        .evaluateAll((all) => all.map((each) => each.getAttribute('value')!))) {
        await kind.selectOption(value)
        expect(await findings(page, '.rule-form'), value).toEqual([])
      }
      await page.getByText('As JSON').click()
      expect(await findings(page), 'JSON').toEqual([])
      await page.getByRole('tab', { name: 'Measure' }).click()
      const buffer = Buffer.from(renderReport(randomEvaluation(['windowshop', 'popular', 'als'], createRandom(1))))
      await page.getByLabel('Open a report').setInputFiles({ name: 'report.html', mimeType: 'text/html', buffer })
      await page.frameLocator('iframe.report').getByRole('heading').first().waitFor()
      await look(page, page.getByRole('tab', { name: 'Measure' }))
      await context.close()
    })
  }

  it('away: what could not be fetched is tried again, though the browser was online all the while', async () => {
    const { context, page } = await shop.visit()
    await page.waitForSelector('[data-list="you"] li')
    let refused = 0
    await context.route('**/assets/lab.worker-*.js', (route) => (refused++ < 2 ? route.abort() : route.continue()))
    await page.getByRole('tab', { name: 'Tune' }).click()
    await page.getByText('The worker behind this view could not be started').waitFor()
    await page.locator('#dial-session').waitFor()
    expect(refused).toBe(3)
    await context.close()
  })

  it('offline: the whole page goes on', async () => {
    const { context, page } = await shop.visit({ consent: 'granted' })
    await page.waitForSelector('.panel[data-coverage="1"]')
    await page.getByRole('switch', { name: 'Airplane mode' }).click()
    await context.setOffline(true)
    await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(false)
    for (const tab of await page.getByRole('tab').all()) await look(page, tab)
    await page.getByRole('tab', { name: 'Measure' }).click()
    await page.getByText('It opens when you are back').waitFor()
    expect(await page.locator('#panel-view [role="alert"]').count()).toBe(0)
    await page.getByRole('switch', { name: 'Airplane mode' }).click()
    await context.setOffline(false)
    await page.locator('[data-measure="personas"] button').first().waitFor()
    await page.getByRole('tab', { name: 'Tune' }).click()
    await page.locator('#dial-session').waitFor()
    await context.close()
  })
})

async function look(page: Page, tab: ReturnType<Page['getByRole']>): Promise<void> {
  await tab.click()
  await expect.poll(() => page.locator('#panel-view [aria-busy="true"]').count(), { timeout: 20_000 }).toBe(0)
  expect(await findings(page), (await tab.textContent())!).toEqual([])
}
