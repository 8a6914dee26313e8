import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderLists } from '../../src/builder/render/render-lists.ts'
import { silent } from '../../src/builder/progress.ts'
import { openShopPages, type ShopPages } from './shop-pages.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const placements = ['similar', 'bought-together'] as const

let shop: ShopPages
/** An item with two full lists, and what stands on them. */
let item: string
let listed: string[][]
beforeAll(async () => {
  shop = await openShopPages()
  const out = join(shop.folder, 'lists')
  await renderLists(join(import.meta.dirname, '../../.demo/bundle'), { out, limit: 4 }, silent)
  const { lists } = JSON.parse(await readFile(join(out, 'lists.json'), 'utf8')) as {
    lists: Record<string, Record<string, string[]>>
  }
  const listsOf = (id: string) => placements.map((placement) => lists[id]![placement]!)
  item = Object.keys(lists).find((id) => listsOf(id).every((ids) => ids.length === 4))!
  listed = listsOf(item)
  await shop.write('item.html', await printedPage(out))
})
afterAll(() => shop.close())

/** The page that docs/rendering.md prints, of this shop's item and with its includes filled in, as a web server does it. */
async function printedPage(out: string): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../docs/rendering.md'), 'utf8')
  const [, page] = /```html\n([^]*?)```/.exec(text)!
  const included = page!.matchAll(/<!--#include virtual="\/lists\/(.*)" -->/g)
  let filled = page!.replace('/windowshop/manifest.json', '/bundle/manifest.json')
  for (const [include, file] of included)
    filled = filled.replace(
      include,
      await readFile(join(out, file!.replace('SKU-1', encodeURIComponent(item))), 'utf8'),
    )
  return filled
}

/** Ids of the items that the links in the page itself lead to, list by list. */
const linksOf = (page: Page) =>
  page
    .locator('windowshop-shelf')
    .evaluateAll((shelves) =>
      shelves.map((shelf) =>
        Array.from(shelf.querySelectorAll('a'), (link) => link.getAttribute('href')!.split('/').at(-1)),
      ),
    )

test('with scripts off a page has the rendered lists as links that are seen and can be followed', async () => {
  const context = await shop.browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${shop.server.url}item.html`)
  expect(await linksOf(page)).toEqual(listed)
  const links = page.locator('windowshop-shelf a')
  expect(await links.count()).toBe(8)
  for (const link of await links.all()) expect(await link.isVisible()).toBe(true)
  const picture = await links.first().locator('.picture').boundingBox()
  expect(picture!.height).toBe(picture!.width)
  await links.nth(5).click()
  expect(page.url()).toContain(listed[1]![1]!)
  await context.close()
})

test.each([390, 1440])('%i px: live shelves take the place of the rendered lists, and nothing moves', async (width) => {
  const context = await shop.browser.newContext({ viewport: { width, height: 900 } })
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  await page.addInitScript(() => {
    const scope = globalThis as { shifts?: number }
    scope.shifts = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) scope.shifts! += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(`${shop.server.url}item.html`)
  const live = () =>
    page
      .locator('windowshop-shelf')
      .evaluateAll((shelves) =>
        shelves.map(({ shadowRoot }) =>
          Array.from(shadowRoot!.querySelectorAll('li .link'), (link) => link.getAttribute('href')!.split('/').at(-1)),
        ),
      )
  await expect.poll(live).toEqual(listed)
  // Still in the page for who reads it without running its scripts, and out of the way of who sees it.
  expect(await linksOf(page)).toEqual(listed)
  await expect.poll(() => page.locator('windowshop-shelf .windowshop-list a').first().isVisible()).toBe(false)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  expect(await page.evaluate(() => (globalThis as { shifts?: number }).shifts)).toBe(0)
  await page.addScriptTag({ path: axe })
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(selector: string): Promise<{ violations: { id: string }[] }> } }
    return (await axe.run('windowshop-shelf')).violations.map(({ id }) => id)
  })
  expect(violations).toEqual([])
  expect(said).toEqual([])
  await context.close()
})
