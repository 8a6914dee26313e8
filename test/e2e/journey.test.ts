import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstInStock, notKeptOffline, storedEvents } from '../support/in-workbench.ts'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

/** What the shopper does in both browsers, and what the shelf shows after it. */
interface Journey {
  readonly first: readonly string[]
  readonly afterViews: readonly string[]
  readonly afterCart: readonly string[]
}

const journeys = new Map<string, Journey>()

for (const [name, { gpu, scorer }] of Object.entries({
  'on WebGPU': { gpu: true, scorer: 'webgpu' },
  'without WebGPU': { gpu: false, scorer: 'auto' },
})) {
  describe(`a shopper's journey ${name}`, () => {
    let shop: DemoShop
    let page: Page
    const errors: string[] = []

    beforeAll(async () => {
      shop = await openDemoShop({ gpu })
      ;({ page } = await shop.visit({ scorer, consent: 'granted' }))
      page.on('pageerror', (error) => errors.push(error.message))
      await settled(page)
    })
    afterAll(() => shop.close())

    it('is scored by what this browser has', async () => {
      const served = () => page.locator('.panel').getAttribute('data-scorer')
      await expect.poll(served, { timeout: 20_000 }).toBe(gpu ? 'webgpu' : 'wasm')
    })

    it('begins with what everyone sees', async () => {
      const first = await shelf(page)
      expect(first).toHaveLength(8)
      expect(await list(page, 'everyone')).toEqual(await list(page, 'you'))
      expect(await page.evaluate(storedEvents)).toEqual([])
      journeys.set(name, { first, afterViews: [], afterCart: [] })
    })

    it('writes what the shopper does into IndexedDB, and the shelf follows', async () => {
      const [tent, mug] = await page.evaluate(firstInStock, ['Tents', 'Mugs'])
      await open(page, `#/item/${tent}`)
      await eventually(page, 1)
      await open(page, '#/')
      const afterTent = await shelf(page)
      expect(afterTent).not.toEqual(journeys.get(name)!.first)

      await open(page, `#/item/${mug}`)
      await eventually(page, 2)
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await eventually(page, 3)
      await open(page, '#/')
      const afterCart = await shelf(page)
      expect(afterCart).not.toEqual(afterTent)
      expect((await page.evaluate(storedEvents)).map(({ kind, item }) => `${kind} ${item}`)).toEqual([
        `view_item ${tent}`,
        `view_item ${mug}`,
        `add_to_cart ${mug}`,
      ])
      journeys.set(name, { ...journeys.get(name)!, afterViews: afterTent, afterCart })
    })

    it('shows on the panel what the shelf shows', async () => {
      expect(await list(page, 'you')).toEqual(journeys.get(name)!.afterCart)
    })

    it('keeps the profile over a reload', async () => {
      await page.reload()
      await settled(page)
      expect(await page.evaluate(storedEvents)).toHaveLength(3)
      expect(await shelf(page)).toEqual(journeys.get(name)!.afterCart)
      expect(await list(page, 'everyone')).toEqual(journeys.get(name)!.first)
    })

    it('shows the same shelf offline, after a reload too', async () => {
      await expect.poll(() => page.evaluate(notKeptOffline), { timeout: 30_000 }).toEqual([])
      await page.context().setOffline(true)
      await page.reload()
      await settled(page)
      expect(await shelf(page)).toEqual(journeys.get(name)!.afterCart)
      await expect.poll(() => page.locator('.offline').isVisible()).toBe(true)
      const broken = await page
        .locator('windowshop-shelf img')
        .evaluateAll(
          (pictures) =>
            pictures.filter(
              (picture) => (picture as HTMLImageElement).complete && !(picture as HTMLImageElement).naturalWidth,
            ).length,
        )
      expect(broken).toBe(0)
      await page.context().setOffline(false)
    })

    it('forgets the last events as if they had never happened', async () => {
      const newest = page.locator('[data-list="events"] li').first()
      await newest.getByRole('button').click()
      await eventually(page, 2)
      await newest.getByRole('button').click()
      await eventually(page, 1)
      await expect.poll(() => shelf(page)).toEqual(journeys.get(name)!.afterViews)
    })

    it('is a stranger again after erasing', async () => {
      await page.getByRole('button', { name: 'Erase everything' }).click()
      await eventually(page, 0)
      await expect.poll(() => shelf(page)).toEqual(journeys.get(name)!.first)
      await page.reload()
      await settled(page)
      expect(await page.evaluate(storedEvents)).toEqual([])
      expect(await shelf(page)).toEqual(journeys.get(name)!.first)
    })

    it('has sent nothing but GETs of static files', async () => {
      expect(await page.locator('[data-vital="bytes"]').textContent()).toBe('0')
      const { requests } = shop.server
      expect(requests.filter(({ method }) => method !== 'GET')).toEqual([])
      const asked = requests.filter(({ url, headers }) => url.includes('?') && headers['sec-fetch-dest'] !== 'document')
      expect(
        asked.map(({ url }) => url.split('?')[0]).filter((path) => path !== '/windowshop-sw.js' && path !== '/'),
      ).toEqual([])
      expect(errors).toEqual([])
    })
  })
}

it('shows the same items with and without WebGPU', () => {
  const [withGpu, without] = [...journeys.values()]
  expect(withGpu).toBeDefined()
  expect(withGpu).toEqual(without)
})

/** Waits until the whole catalogue is scored and a shelf is on screen. */
async function settled(page: Page): Promise<void> {
  await page.waitForSelector('[data-list="you"] li')
  await page.waitForSelector('[data-list="everyone"] li')
  await page.waitForSelector('.panel[data-coverage="1"][data-scorer]')
}

async function open(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), hash)
  await page.waitForFunction((to) => location.hash === to, hash)
}

/** Ids on the home page's for-you shelf, once it shows what the panel's list has. */
async function shelf(page: Page): Promise<string[]> {
  const read = () =>
    page
      .locator('windowshop-shelf[placement="for-you"]')
      .locator('a.link')
      .evaluateAll((links) => links.map((link) => decodeURIComponent(link.getAttribute('href')!.split('/').at(-1)!)))
  await expect.poll(async () => JSON.stringify(await read())).toBe(JSON.stringify(await list(page, 'you')))
  return read()
}

async function list(page: Page, name: string): Promise<string[]> {
  return page
    .locator(`[data-list="${name}"] li`)
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['item']!))
}

/** Waits until the log, and the panel with it, holds so many events. */
async function eventually(page: Page, count: number): Promise<void> {
  await expect.poll(async () => (await page.evaluate(storedEvents)).length, { timeout: 10_000 }).toBe(count)
  await expect.poll(() => page.locator('[data-list="events"] li').count(), { timeout: 10_000 }).toBe(count)
}
