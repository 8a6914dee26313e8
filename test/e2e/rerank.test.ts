import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { command, openShopPages, type ShopPages } from './shop-pages.ts'

const root = join(import.meta.dirname, '../..')

let shop: ShopPages
/** Three items of one kind for the visitor to look at, two more of it, and two of another kind. */
let looked: string[]
let liked: string[]
let others: string[]
beforeAll(async () => {
  shop = await openShopPages()
  const { items } = JSON.parse(await readFile(join(root, '.demo/catalogue.json'), 'utf8')) as {
    items: { id: string }[]
  }
  const ofKind = (letters: string) => items.map(({ id }) => id).filter((id) => id.startsWith(letters))
  looked = ofKind('TWL').slice(0, 3)
  liked = ofKind('TWL').slice(3, 5)
  others = ofKind('ARM').slice(0, 2)
  const printed = [...(await readFile(join(root, 'docs/rerank.md'), 'utf8')).matchAll(/```html\n([^]*?)```/g)]
  const ids = [...others, ...liked]
  for (const [at, name] of ['search.html', 'promotions.html'].entries()) {
    const page = printed[at]![1]!.replaceAll(/SKU-(\d)/g, (_, number: string) => ids[Number(number) - 1]!)
    await shop.write(name, page.replace('/windowshop/manifest.json', '/bundle/manifest.json'))
  }
  expect(printed).toHaveLength(2)
})
afterAll(() => shop.close())

const results = (page: Page) =>
  page.locator('#results li').evaluateAll((all) => (all as HTMLElement[]).map(({ dataset }) => dataset['item']!))
const promotions = (page: Page) => page.locator('#promotions a').allTextContents()

async function look(page: Page): Promise<void> {
  for (const item of looked) await command(page, 'track', { kind: 'view_item', item })
}

test('search results come in the order of what matches and what suits, once something is known of the visitor', async () => {
  const page = await shop.visit('search.html')
  const own = [...others, ...liked]
  expect(await command(page, 'profile', 'events')).toEqual([])
  expect(await results(page)).toEqual(own)
  await look(page)
  const { ids: suits } = await command<{ ids: string[] }>(page, 'rerank', own)
  expect(suits.slice(0, 2).sort()).toEqual([...liked].sort())
  await page.reload()
  const worth = (id: string) => 1 / (60 + own.indexOf(id)) + 1 / (60 + suits.indexOf(id))
  const expected = [...own].sort((a, b) => worth(b) - worth(a))
  await expect.poll(() => results(page)).toEqual(expected)
  expect(expected).not.toEqual(own)
  expect(shop.errors).toEqual([])
  await page.context().close()
})

test('the promotion with the item that suits best comes first, one without items last', async () => {
  const page = await shop.visit('promotions.html')
  await look(page)
  await page.reload()
  await expect.poll(() => promotions(page)).toEqual(['Second sale', 'First sale', 'Newsletter'])
  expect(shop.errors).toEqual([])
  await page.context().close()
})

test('without the bundle both stay as the server sent them', async () => {
  const context = await shop.browser.newContext()
  await context.route('**/bundle/**', (route) => route.abort())
  for (const name of ['search.html', 'promotions.html']) {
    const page = await context.newPage()
    await page.goto(`${shop.server.url}${name}`)
    await look(page)
    await page.reload()
    expect(await command(page, 'rerank', liked)).toMatchObject({ fallback: expect.any(String) })
    if (name === 'search.html') expect(await results(page)).toEqual([...others, ...liked])
    else expect(await promotions(page)).toEqual(['First sale', 'Second sale', 'Newsletter'])
  }
  await context.close()
})
