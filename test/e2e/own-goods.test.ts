import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

const demo = join(import.meta.dirname, '../../.demo')
const catalogue = `sku;title;product_type;price;vendor
T1;"Ridge tent for two; green";Outdoor > Tents;249.00;Alder
T2;Dome tent for three;Outdoor > Tents;199.00;Birch
T3;Tunnel tent, light;Outdoor > Tents;329.00;Alder
L1;Oil lamp of brass;Home > Lamps;59.90;Cedar
L2;Desk lamp of steel;Home > Lamps;79.00;Cedar
L3;Bedside lamp;Home > Lamps;39.00;Birch
`

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop({ gpu: false })
})
afterAll(() => shop.close())

describe('own goods', () => {
  it('a catalogue becomes a shop in the browser: its cards, its likeness, and no request for it', async () => {
    const { context, page } = await shop.visit({ consent: 'granted' })
    await page.waitForSelector('[data-list="you"] li')
    const before = shop.server.requests.length
    await page
      .getByLabel('Your goods')
      .setInputFiles({ name: 'My shop.csv', mimeType: 'text/csv', buffer: Buffer.from(catalogue) })
    await expect.poll(() => page.locator('.wordmark').textContent(), { timeout: 20_000 }).toBe('My shop')
    await expect.poll(() => page.locator('[data-vital="items"]').textContent()).toBe('6')
    await page.evaluate(() => void (location.hash = '#/item/L1'))
    await expect.poll(() => page.locator('.product h1').textContent()).toBe('Oil lamp of brass')
    await expect.poll(async () => (await list(page)).slice(0, 2).sort()).toEqual(['L2', 'L3'])
    expect(shop.server.requests.slice(before).filter(({ url }) => url.startsWith('/dropped/'))).toEqual([])
    await page.reload()
    await expect.poll(() => page.locator('.wordmark').textContent(), { timeout: 20_000 }).toBe('My shop')
    await context.close()
  })

  it('the folder of a built bundle is opened as it is', async () => {
    const { context, page } = await shop.visit({ consent: 'granted' })
    await page.waitForSelector('[data-list="you"] li')
    const known = await list(page)
    const names = await readdir(join(demo, 'bundle'))
    const files = await Promise.all(
      names.map(async (name) => [name, (await readFile(join(demo, 'bundle', name))).toString('base64')] as const),
    )
    await page.evaluate(drop, files)
    await page.waitForURL(/bundle=dropped/)
    await page.waitForSelector('[data-list="you"] li')
    await expect.poll(() => list(page)).toEqual(known)
    await context.close()
  })

  it('says so when it is neither', async () => {
    const { context, page } = await shop.visit()
    await page.waitForSelector('[data-list="you"] li')
    await page.evaluate(drop, [['letter.pdf', 'AAAA']] as const)
    await expect.poll(() => page.locator('.notice').textContent()).toContain('Neither a catalogue')
    await context.close()
  })
})

/** Runs in the page: drops files on it. */
function drop(files: readonly (readonly [name: string, base64: string])[]): void {
  const data = new DataTransfer()
  for (const [name, text] of files) {
    data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name))
  }
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
}

async function list(page: Page): Promise<string[]> {
  return page
    .locator('[data-list="you"] li')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['item']!))
}
