import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop({ gpu: false })
})
afterAll(() => shop.close())

describe('the workbench', () => {
  for (const [theme, width] of [
    ['light', 1440],
    ['dark', 390],
  ] as const) {
    it(`has nothing for axe to find and nothing to scroll sideways, ${theme}, ${width} px wide`, async () => {
      const { context, page } = await shop.visit({ theme })
      await page.setViewportSize({ width, height: 900 })
      await page.waitForSelector('[data-vital="items"]')
      await page.addScriptTag({ path: axe })
      for (const hash of await everyPage(page)) {
        await page.evaluate((to) => void (location.hash = to), hash)
        await page.waitForSelector('windowshop-shelf a.link')
        if (hash.startsWith('#/item')) await page.locator('.buy .button').first().click()
        if (hash === '#/done' && width < 1080) await page.getByRole('button', { name: 'Open the workbench' }).click()
        await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))
        expect(await findings(page), hash).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), hash).toBeLessThanOrEqual(
          0,
        )
      }
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click()
        await page.waitForFunction(() => !document.querySelector('#panel-view [aria-busy="true"]'))
        await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))
        expect(await findings(page, '.panel'), (await tab.textContent())!).toEqual([])
      }
      await context.close()
    })
  }

  it('is written from right to left where the page is, but for code and numbers, and nothing scrolls sideways', async () => {
    const { context, page } = await shop.visit()
    await page.setViewportSize({ width: 390, height: 900 })
    await page.evaluate(() => void (document.documentElement.dir = 'rtl'))
    await page.locator('windowshop-shelf a.link').first().click()
    await page.getByRole('button', { name: 'Open the workbench' }).click()
    const leaks = () =>
      page.evaluate(() => {
        const wide = [document.documentElement, document.querySelector('.panel-body')!]
        return wide.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
      })
    const directions = (selector: string) =>
      page.locator(selector).evaluateAll((found) => [...new Set(found.map((each) => getComputedStyle(each).direction))])
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click()
      await page.waitForFunction(() => !document.querySelector('#panel-view [aria-busy="true"]'))
      await expect.poll(leaks, { message: (await tab.textContent())! }).toEqual([0, 0])
      expect(await directions('#panel-view')).toEqual(['rtl'])
      for (const selector of ['tool-panel pre', 'tool-panel td']) {
        expect(['', 'ltr']).toContain((await directions(selector)).join())
      }
    }
    const tabs = await page.getByRole('tab').all()
    await tabs[0]!.click()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => tabs[1]!.getAttribute('aria-selected')).toBe('true')
    await context.close()
  })

  for (const width of [1440, 390]) {
    it(`is shown round by a tour that the keyboard goes through, ${width} px wide`, async () => {
      const { context, page } = await shop.visit({ tab: 'health' })
      await page.setViewportSize({ width, height: 900 })
      await page.waitForSelector('[data-vital="items"]')
      if (width < 1080) await page.getByRole('button', { name: 'Open the workbench' }).click()
      await page.addScriptTag({ path: axe })
      await page.getByRole('button', { name: 'Tour', exact: true }).click()
      const tour = page.getByRole('complementary', { name: 'A short tour' })
      const stops = ['.panel-head', '#shop', '.comparison', '.panel-section', '.stage', '.tabs']
      for (const [at, stop] of stops.entries()) {
        await tour.getByText(`${at + 1} of ${stops.length}`).waitFor()
        await page.locator(`${stop}[data-toured]`).first().waitFor()
        expect(await page.locator('[data-toured]').count()).toBe(1)
        await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))
        expect(await findings(page, '.tour'), stop).toEqual([])
        expect(await page.evaluate(() => document.activeElement?.getAttribute('data-tour'))).toBe('next')
        await page.keyboard.press('Enter')
      }
      await expect.poll(() => tour.count()).toBe(0)
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-tour'))).toBe('start')
      expect(await page.locator('[data-toured]').count()).toBe(0)
      await page.getByRole('button', { name: 'Tour', exact: true }).click()
      await page.keyboard.press('Escape')
      await expect.poll(() => tour.count()).toBe(0)
      await context.close()
    })
  }

  it('names each page, begins it at the keyboard’s start, and goes back to the place that was left', async () => {
    const { context, page } = await shop.visit()
    await page.waitForSelector('[data-list="you"] li')
    await expect.poll(() => page.title()).toBe('Fern & Hearth')
    await page.locator('windowshop-shelf[placement="trending"] a.link').first().scrollIntoViewIfNeeded()
    const left = await page.evaluate(() => scrollY)
    expect(left).toBeGreaterThan(100)

    await page.locator('windowshop-shelf[placement="trending"] a.link').first().click()
    const name = await page.locator('.product h1').textContent()
    await expect.poll(() => page.title()).toBe(`${name} - Fern & Hearth`)
    expect(await page.evaluate(() => [document.activeElement!.id, scrollY])).toEqual(['shop', 0])

    await page.goBack()
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(left)
    expect(await page.title()).toBe('Fern & Hearth')
    await context.close()
  })

  it('opens without moving what is on screen', async () => {
    const { context, page } = await shop.visit()
    await page.waitForSelector('[data-list="everyone"] li')
    await page.waitForSelector('.panel[data-coverage="1"][data-scorer]')
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0
          const observer = new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value
          })
          observer.observe({ type: 'layout-shift', buffered: true })
          setTimeout(() => resolve(sum), 500)
        }),
    )
    expect(shift).toBeLessThan(0.05)
    await context.close()
  })

  it('counts what the page sends: bodies, beacons, query strings of pictures', async () => {
    const { context, page } = await shop.visit()
    const sent = page.locator('[data-vital="bytes"]')
    await page.waitForSelector('[data-list="you"] li')
    await expect.poll(() => sent.textContent()).toBe('0')
    await page.evaluate(() => fetch('nowhere', { method: 'POST', body: 'snow ❄' }))
    await expect.poll(() => sent.textContent()).toBe('8')
    await page.evaluate(() => navigator.sendBeacon('nowhere', new Blob([new Uint8Array(100)])))
    await expect.poll(() => sent.textContent()).toBe('108')
    await page.evaluate(() => fetch(new Request('nowhere', { method: 'POST', body: 'abc' })))
    await expect.poll(() => sent.textContent()).toBe('111')
    await page.evaluate(() => {
      const request = new XMLHttpRequest()
      request.open('POST', 'nowhere')
      request.send(new Uint8Array(1000))
    })
    await expect.poll(() => sent.textContent()).toBe('1,111')
    await page.evaluate(() => void (new Image().src = 'pixel.gif?shopper=42'))
    await expect.poll(() => sent.textContent()).toBe('1,121')
    await page.evaluate(() => fetch('catalogue.json'))
    expect(await sent.textContent()).toBe('1,121')
    await context.close()
  })

  it('writes nothing without consent, and removes what was written when it is withdrawn', async () => {
    const { context, page } = await shop.visit({ consent: 'denied' })
    await view(page)
    expect(await stored(page)).toEqual({ databases: [], caches: [], workers: 0 })

    await page.getByRole('radio', { name: 'granted' }).check()
    await expect.poll(async () => (await stored(page)).databases).toEqual(['windowshop'])
    await expect.poll(async () => (await stored(page)).workers).toBe(1)
    await page.reload()
    await page.waitForSelector('[data-list="events"] li')

    const nothing = { databases: [], caches: [], workers: 0 }
    await page.getByRole('radio', { name: 'denied' }).check()
    await expect.poll(() => stored(page)).toEqual(nothing)
    await view(page)
    await page.waitForFunction(() =>
      Array.from(document.images).every(({ complete, loading }) => complete || loading === 'lazy'),
    )
    await page.waitForTimeout(500)
    expect(await stored(page)).toEqual(nothing)
    await context.close()
  })

  it('speaks Chinese without a reload, and remembers it in the address', async () => {
    const { context, page } = await shop.visit()
    await page.getByRole('radio', { name: '中文' }).check()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh')
    expect(await page.locator('.panel h2').textContent()).toBe('工作台')
    await expect.poll(() => page.locator('windowshop-shelf').first().getAttribute('heading')).toBe('为你推荐')
    expect(new URL(page.url()).searchParams.get('language')).toBe('zh')
    await context.close()
  })

  it('runs on a bundle alone: its cards make the shop, and pages, search and cart work', async () => {
    const before = shop.server.requests.length
    const { context, page } = await shop.visit({ bundle: 'bundle/manifest.json' })
    await page.waitForSelector('.departments a')
    const known = new URL(page.url())
    await page.locator('windowshop-shelf a.link').first().click()
    await page.waitForSelector('.product h1')
    expect(new URL(page.url()).hash).toMatch(/^#\/item\/./)
    expect(new URL(page.url()).pathname).toBe(known.pathname)
    await expect.poll(() => page.locator('[data-list="events"] li').count(), { timeout: 10_000 }).toBe(2)
    await page.locator('.departments a').first().click()
    await page.locator('.grid a.card').first().click()
    await expect.poll(() => page.locator('[data-list="events"] li').count(), { timeout: 10_000 }).toBe(3)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('link', { name: /^Cart/ }).click()
    await expect.poll(() => page.locator('.cart-line').count()).toBe(1)
    expect(shop.server.requests.slice(before).filter(({ url }) => url === '/catalogue.json')).toEqual([])
    await context.close()
  })

  it('says so where there is neither a backend nor a bundle', async () => {
    const { context, page } = await shop.visit({ bundle: 'nowhere/manifest.json' })
    await page.getByText('The shop’s data is not here').waitFor()
    await expect.poll(() => page.locator('.problem').textContent()).toContain('bundle-')
    await context.close()
  })
})

async function everyPage(page: Page): Promise<string[]> {
  const { items } = (await page.evaluate(async () => (await fetch('catalogue.json')).json())) as {
    items: { id: string; category: string; stock: number }[]
  }
  const { id, category } = items.find(({ stock }) => stock > 5)!
  const path = category.split(' > ').slice(0, 2).map(encodeURIComponent).join('/')
  return ['#/', `#/item/${id}`, `#/category/${path}`, '#/search?q=tent', '#/cart', '#/done']
}

async function findings(page: Page, within = 'html'): Promise<string[]> {
  const results = await page.evaluate(async (scope) => {
    return (globalThis as unknown as { axe: { run(scope: string): Promise<AxeResults> } }).axe.run(scope)
  }, within)
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** Opens an item's page, and waits until the log on the panel has it. */
async function view(page: Page): Promise<void> {
  await page.locator('windowshop-shelf a.link').first().click()
  await page.waitForSelector('[data-list="events"] li')
}

/** Windowshop's databases, caches and service workers in this browser. */
async function stored(page: Page): Promise<{ databases: string[]; caches: string[]; workers: number }> {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).flatMap(({ name }) => name ?? []),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))
}
