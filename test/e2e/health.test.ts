import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop()
})
afterAll(() => shop.close())

describe('health', () => {
  it('tells what the page takes of the device, and what became of each signal', async () => {
    const { context, page } = await visited({})
    const device = page.locator('[data-health="device"]')
    await expect.poll(() => device.textContent(), { timeout: 20_000 }).toContain('windowshop')
    await expect.poll(() => page.locator('.health tbody tr').count(), { timeout: 20_000 }).toBeGreaterThan(3)
    await page.locator('[data-plot="answers"] svg').waitFor()
    const signals = page.locator('[data-health="signals"] li')
    await expect.poll(() => signals.first().textContent()).toContain('kept on this device')
    await page.evaluate(() =>
      window.dataLayer!.push({ event: 'view_item', ecommerce: { items: [{ item_id: 'x'.repeat(500) }] } }),
    )
    await expect.poll(() => signals.first().textContent()).toContain('refused')

    const second = await context.newPage()
    await second.goto(page.url())
    await second.locator('[data-health="device"]').waitFor()
    await expect.poll(() => device.textContent(), { timeout: 20_000 }).toMatch(/Tabs\s*2/)
    await context.close()
  })

  it('shows the next list after each fault, and that it is the same', async () => {
    const { context, page } = await visited({ scorer: 'webgpu' })
    await expect.poll(() => page.locator('.panel').getAttribute('data-scorer'), { timeout: 20_000 }).toBe('webgpu')
    for (const [push, back] of [
      ['Lose the GPU'],
      ['Kill the worker'],
      ['Fill the storage', 'Make room again'],
      ['Go offline', 'Go online'],
      ['Break the bundle', 'Mend the bundle'],
    ]) {
      expect(await recovery(page, push!), push!).toContain('the same list')
      if (back) expect(await recovery(page, back), back).toContain('the same list')
    }
    await context.close()
  })
})

async function recovery(page: Page, name: string): Promise<string> {
  const rows = page.locator('[data-health="recoveries"] li:not(.hint)')
  const before = await rows.count()
  await page.getByRole('button', { name }).click()
  await expect.poll(() => rows.count(), { timeout: 25_000 }).toBe(before + 1)
  return (await rows.first().textContent())!
}

/** A visitor who has looked at an item, at the view of health. */
async function visited(options: Readonly<Record<string, string>>): Promise<Awaited<ReturnType<DemoShop['visit']>>> {
  const visit = await shop.visit({ tab: 'health', consent: 'granted', ...options })
  const { page } = visit
  await page.waitForSelector('.panel[data-coverage="1"]')
  await page.locator('windowshop-shelf[placement="for-you"] a.link').first().click()
  await page.waitForSelector('.product h1')
  await expect.poll(() => page.locator('[data-health="signals"] li').count()).toBeGreaterThan(0)
  return visit
}
