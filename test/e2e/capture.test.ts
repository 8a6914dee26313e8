import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { command, eventsOf as log, openShopPages, tagWith, type ShopPages } from './shop-pages.ts'

let shop: ShopPages
let item: string
let other: string

beforeAll(async () => {
  shop = await openShopPages()
  ;({ item, other } = shop)
})
afterAll(() => shop.close())

/** Opens a recorded page with a shelf in it, and waits for its cards. */
async function open(kind: Parameters<ShopPages['open']>[0], attributes = ''): Promise<Page> {
  const page = await shop.open(
    kind,
    tagWith(attributes),
    '<windowshop-shelf placement="for-you" limit="4"></windowshop-shelf>',
  )
  await page.locator('windowshop-shelf a.link').first().waitFor()
  return page
}

/** The events, once there are as many as expected and a moment more has brought no other. */
async function settled(page: Page, count: number): Promise<string[]> {
  await expect.poll(() => log(page).then((events) => events.length), { timeout: 10_000 }).toBeGreaterThanOrEqual(count)
  await page.waitForTimeout(1500)
  return log(page)
}

/** The row's own id: that of the variant which the card shows. */
const rowId = async (page: Page, id: string) => (await command<{ id: string }[]>(page, 'cards', [id]))[0]!.id

test('a page with GA4 in Google Tag Manager tells each event once, whatever else its markup says', async () => {
  const page = await open('ga4-gtm')
  await page.click('#add')
  await page.click('#wish')
  await page.click('#add')
  expect(await settled(page, 4)).toEqual([
    `view_item ${item}`,
    `add_to_cart ${item}`,
    `add_to_wishlist ${other}`,
    `add_to_cart ${item}`,
  ])
  await page.close()
})

test("a Shopify theme tells what its page shows and what its cart has taken, by its variants' numbers", async () => {
  const page = await open('shopify')
  const id = await rowId(page, item)
  await settled(page, 1)
  await page.click('#add')
  await page.click('#fail')
  await page.click('#remove')
  expect(await settled(page, 3)).toEqual([`view_item ${id}`, `add_to_cart ${id}`, `remove_from_cart ${id}`])
  await page.close()
})

test('WooCommerce tells with jQuery what is added to the cart and removed from it; its blocks say it once more', async () => {
  const page = await open('woocommerce')
  const id = await rowId(page, item)
  await page.waitForTimeout(500)
  await page.click('#add')
  await page.click('#remove')
  expect(await settled(page, 2)).toEqual([`add_to_cart ${id}`, `remove_from_cart ${id}`])
  await page.close()
})

test('Segment tells what was called before its script, and after it, once', async () => {
  const page = await open('segment')
  const id = await rowId(page, item)
  expect(await settled(page, 1)).toEqual([`view_item ${id}`])
  await page.click('#load')
  await page.click('#add')
  await page.click('#buy')
  expect(await settled(page, 4)).toEqual([
    `view_item ${id}`,
    `add_to_cart ${id}`,
    `purchase ${id}`,
    `purchase ${await rowId(page, other)}`,
  ])
  await page.close()
})

test('a page without any events is a look at the item that its markup names', async () => {
  const page = await open('json-ld')
  expect(await settled(page, 1)).toEqual([`view_item ${await rowId(page, item)}`])
  await page.close()
})

test('adapters that are switched off hear nothing', async () => {
  const page = await open('json-ld', 'data-capture="data-layer"')
  await page.waitForTimeout(2000)
  expect(await log(page)).toEqual([])
  await page.close()
})

test('nothing of it is an error of the page', () => {
  expect(shop.errors).toEqual([])
})
