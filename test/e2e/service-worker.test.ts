import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop({ gpu: false })
})
afterAll(() => shop.close())

test('a new service worker waits until the pages of the old one are closed, and every reload is answered', async () => {
  const context = await shop.browser.newContext()
  const page = await context.newPage()
  // A page of the shop that registers none itself.
  const plain = `${shop.server.url}catalogue.json`
  await page.goto(plain)
  await register(page, 'version=1')
  await expect.poll(() => workers(page)).toEqual({ controller: 'version=1', waiting: '' })
  await register(page, 'version=2')
  await expect.poll(() => workers(page)).toEqual({ controller: 'version=1', waiting: 'version=2' })
  for (let n = 0; n < 3; n++) await page.reload()
  expect(await workers(page)).toEqual({ controller: 'version=1', waiting: 'version=2' })
  await expect
    .poll(async () => {
      await page.goto('about:blank')
      await page.goto(plain)
      return workers(page)
    })
    .toEqual({ controller: 'version=2', waiting: '' })
  await context.close()
})

async function register(page: Page, query: string): Promise<void> {
  await page.evaluate(async (own) => void (await navigator.serviceWorker.register(`windowshop-sw.js?${own}`)), query)
}

/** The queries of the service workers of this page. */
async function workers(page: Page): Promise<{ controller: string; waiting: string }> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    const query = (worker?: ServiceWorker | null) => worker?.scriptURL.split('?')[1] ?? ''
    return { controller: query(navigator.serviceWorker.controller), waiting: query(registration?.waiting) }
  })
}
