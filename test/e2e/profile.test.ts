import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { command, openShopPages, tagWith, type ShopPages } from './shop-pages.ts'

let shop: ShopPages
let printed: string
beforeAll(async () => {
  shop = await openShopPages()
  const text = await readFile(join(import.meta.dirname, '../../docs/profile.md'), 'utf8')
  printed = /```html\n([^]*?)```/.exec(text)![1]!
})
afterAll(() => shop.close())

const page = (tag: string, body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>${tag}<body>${body}</body></html>`
const history = (of: Page) => of.locator('windowshop-profile').locator('[part=events] li').allTextContents()

test('the line that docs/profile.md prints shows what the device knows, and forgets it', async () => {
  await shop.write('profile.html', page(tagWith('data-consent="granted"'), printed))
  const visit = await shop.visit('profile.html')
  await command(visit, 'track', { kind: 'view_item', item: shop.item })
  await command(visit, 'track', { kind: 'view_item', item: shop.variant })
  await expect.poll(async () => (await history(visit)).length).toBe(2)
  // A variant is called by the title of its item.
  expect((await history(visit)).join()).not.toContain(shop.variant)
  await visit.locator('windowshop-profile').locator('.remove').first().click()
  await expect.poll(async () => (await history(visit)).length).toBe(1)
  expect(await command(visit, 'profile', 'events')).toHaveLength(1)

  await visit.locator('windowshop-profile').getByRole('button', { name: 'Someone else' }).click()
  await visit.locator('windowshop-profile').getByLabel('Name').fill('Ann')
  await visit.locator('windowshop-profile').getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => history(visit)).toEqual([])
  await visit.reload()
  await visit.locator('windowshop-profile').getByRole('button', { name: 'This device' }).click()
  await expect.poll(async () => (await history(visit)).length).toBe(1)
  expect(shop.errors).toEqual([])
})

test('its file is fetched only where the element stands, also when it comes later', async () => {
  await shop.write('bare.html', page(tagWith(), ''))
  const visit = await shop.visit('bare.html')
  const fetched = () =>
    visit.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1)!))
  await expect.poll(fetched).toContain('windowshop.extras.js')
  await command(visit, 'doctor')
  expect(await fetched()).not.toContain('windowshop.profile.js')
  await visit.evaluate((html) => (document.body.innerHTML = html), printed)
  await expect.poll(() => visit.locator('windowshop-profile').locator('h2').count()).toBe(1)
  expect(shop.errors).toEqual([])
})

test('a customer of the tag has a profile of their own, which signing out locks in the other tab', async () => {
  await shop.write('account.html', page(tagWith('data-consent="granted" data-account="c-1"'), printed))
  await shop.write('visitor.html', page(tagWith('data-consent="granted" data-account=""'), printed))
  const customer = await shop.visit('account.html')
  await command(customer, 'track', { kind: 'view_item', item: shop.item })
  await expect.poll(async () => (await history(customer)).length).toBe(1)
  const other = await customer.context().newPage()
  await other.goto(`${shop.server.url}account.html`)
  await expect.poll(async () => (await history(other)).length).toBe(1)
  await command(other, 'profile', 'who', { account: '' })
  for (const tab of [customer, other]) await expect.poll(() => history(tab)).toEqual([])
  await other.goto(`${shop.server.url}visitor.html`)
  await expect.poll(() => other.locator('windowshop-profile').locator('h2').count()).toBe(1)
  expect(await history(other)).toEqual([])
  await other.goto(`${shop.server.url}account.html`)
  await expect.poll(async () => (await history(other)).length).toBe(1)
  expect(shop.errors).toEqual([])
})
