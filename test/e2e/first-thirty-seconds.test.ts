import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDemoShop, type DemoShop } from './demo-shop.ts'
import { keepFrames } from './frames.ts'

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop({ gpu: false })
})
afterAll(() => shop.close())

describe('the first thirty seconds', () => {
  for (const width of [1440, 390]) {
    it(`need no click, and the first click shows what it does, ${width} px wide`, async () => {
      const keep = await keepFrames(`first-thirty-seconds-${width}`)
      const { context, page } = await shop.visit({ consent: 'granted' })
      await page.setViewportSize({ width, height: 900 })
      const before = shop.server.requests.length

      await page.locator('windowshop-shelf[placement="for-you"] img').first().waitFor()
      await page.waitForFunction(() => document.querySelector('[data-vital="weight"]')?.textContent !== '–')
      const vitals = page.locator('.vitals dd')
      expect(await vitals.count()).toBe(4)
      for (const vital of await vitals.all()) expect(await vital.isVisible()).toBe(true)
      expect(await page.locator('[data-vital="bytes"]').textContent()).toBe('0')
      await keep(page, 'open')

      const everyone = await list(page, 'everyone')
      expect(await list(page, 'you')).toEqual(everyone)
      await page.locator('windowshop-shelf[placement="for-you"] a.link').nth(2).click()
      await page.waitForSelector('.product h1')
      await expect.poll(() => list(page, 'you')).not.toEqual(everyone)
      expect(await list(page, 'everyone')).toEqual(everyone)
      await raise(page, width)
      await expect.poll(() => page.locator('[data-list="you"] .move').count()).toBeGreaterThan(0)
      await keep(page, 'first-click')

      const asked = shop.server.requests.length
      await page.getByRole('switch', { name: 'Airplane mode' }).click()
      await expect.poll(() => page.locator('.offline').isVisible()).toBe(true)
      expect(await page.evaluate(() => fetch('catalogue.json').then(String, String))).toContain('airplane')
      const alone = await list(page, 'you')
      await lower(page, width)
      await page.locator('windowshop-shelf[placement="similar"] a.link').first().click()
      await expect.poll(() => list(page, 'you')).not.toEqual(alone)
      await raise(page, width)
      await keep(page, 'airplane')
      const scripts = shop.server.requests.slice(asked).filter(({ url }) => !url.startsWith('/pictures/'))
      expect(scripts.filter(({ headers }) => headers['sec-fetch-dest'] !== 'serviceworker')).toEqual([])
      await page.getByRole('switch', { name: 'Airplane mode' }).click()

      for (let left = await page.locator('[data-list="events"] li').count(); left > 0; left--) {
        await page
          .locator('.bars')
          .getByRole('button', { name: /^Forget this: / })
          .first()
          .click()
        await expect.poll(() => page.locator('[data-list="events"] li').count()).toBe(left - 1)
        if (left === 3) await keep(page, 'forget-this')
      }
      await expect.poll(() => list(page, 'you')).toEqual(everyone)
      await keep(page, 'forgotten')
      const methods = new Set(shop.server.requests.slice(before).map(({ method }) => method))
      expect([...methods]).toEqual(['GET'])
      await context.close()
    })
  }

  it('tells when the large shop is not made yet, and stays', async () => {
    const { context, page } = await shop.visit()
    await page.waitForSelector('[data-list="you"] li')
    await page.getByRole('radio', { name: '100,000' }).click()
    await page.getByText('still being made').waitFor()
    expect(await page.getByRole('radio', { name: '2,000' }).isChecked()).toBe(true)
    await context.close()
  })
})

async function list(page: Page, name: string): Promise<string[]> {
  return page
    .locator(`[data-list="${name}"] li`)
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['item']!))
}

/** On a phone the panel is a sheet. */
async function raise(page: Page, width: number): Promise<void> {
  if (width < 1080) await page.getByRole('button', { name: 'Open the workbench' }).click()
}

async function lower(page: Page, width: number): Promise<void> {
  if (width < 1080) await page.getByRole('button', { name: 'Close the workbench' }).click()
}
