import { join } from 'node:path'
import type { Page, Request } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFile } from 'node:fs/promises'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

let shop: DemoShop

beforeAll(async () => {
  shop = await openDemoShop()
})
afterAll(() => shop.close())

/** Everything that a visit asks for, watched from outside the page; requests of its workers included. */
async function watchedVisit(): Promise<{ page: Page; requests: Request[] }> {
  const context = await shop.browser.newContext({ locale: 'en' })
  const requests: Request[] = []
  context.on('request', (request) => requests.push(request))
  const page = await context.newPage()
  await page.goto(`${shop.server.url}?consent=granted`)
  return { page, requests }
}

test('after warm-up, two pages deep and idle for a minute, only pictures are asked for', async () => {
  const { page, requests } = await watchedVisit()
  await page.locator('windowshop-shelf a.link').first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  // A browser looks for a newer service worker once after a navigation, when the present one has gone idle.
  await page.waitForTimeout(45_000)
  expect(requests.length).toBeGreaterThan(5)

  const warm = requests.length
  const served = shop.server.requests.length
  for (let depth = 0; depth < 2; depth++) {
    const link = page.locator('windowshop-shelf a.link').nth(depth + 1)
    const before = page.url()
    await link.click()
    await expect.poll(() => page.url()).not.toBe(before)
    await page.locator('windowshop-shelf a.link').first().waitFor()
  }
  await page.waitForTimeout(60_000)
  const later = [
    ...requests.slice(warm).map((request) => request.url()),
    ...shop.server.requests.slice(served).map(({ url }) => new URL(url, shop.server.url).href),
  ]
  expect(later.length).toBeGreaterThan(0)
  expect(later.filter((url) => !new URL(url).pathname.startsWith('/pictures/'))).toEqual([])
  await page.context().close()
})

test('every request is a GET without a body, a query or a cookie, of a file that the manifest or the page names', async () => {
  const { page, requests } = await watchedVisit()
  await page.locator('windowshop-shelf a.link').first().waitFor()
  await page.locator('windowshop-shelf a.link').nth(2).click()
  await page.waitForTimeout(4000)
  const manifest = JSON.parse(
    await readFile(join(import.meta.dirname, '../../.demo/bundle/manifest.json'), 'utf8'),
  ) as {
    files: { url: string }[]
    availability: { url: string }
  }
  const bundle = ['manifest.json', manifest.availability.url, ...manifest.files.map(({ url }) => url)].map(
    (name) => `/bundle/${name}`,
  )
  for (const request of requests) {
    const { origin, pathname, search } = new URL(request.url())
    expect(request.method()).toBe('GET')
    expect(request.postData()).toBeNull()
    expect(`${origin}/`).toBe(shop.server.url)
    // The visitor typed the query of the page, which the service worker keeps; the shop configures that worker by one.
    const theShops = pathname === '/' || pathname === '/windowshop-sw.js'
    if (!theShops) expect(search, request.url()).toBe('')
    if (pathname.startsWith('/bundle/')) expect(bundle).toContain(pathname)
  }
  for (const { headers } of shop.server.requests) expect(headers.cookie).toBeUndefined()
  await page.context().close()
})
