import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettingsFile } from '../../src/builder/settings-file.ts'
import { eventKinds } from '../../src/core/event.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import type { Recommender, RecommenderOptions, ShelfAnswer } from '../../src/index.ts'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop({ gpu: false })
})
afterAll(() => shop.close())

describe('tuning', () => {
  it('has a slider for every setting, each with a name, its value and a sentence on what it does', async () => {
    const { context, page } = await tuned({})
    await page.getByText('What events are worth').click()
    const sliders = await page.locator('.dial').evaluateAll((dials) =>
      dials.map((dial) => {
        const range = dial.querySelector('input')!
        const help = document.getElementById(range.getAttribute('aria-describedby')!)
        return {
          name: range.id.replace('dial-', '').split('.')[0]!,
          told: [range.labels![0]?.textContent, range.getAttribute('aria-valuetext'), help?.textContent],
        }
      }),
    )
    expect(new Set(sliders.map(({ name }) => name))).toEqual(new Set(Object.keys(defaultSettings)))
    expect(sliders.filter(({ name }) => name === 'strengths').length).toBe(eventKinds.length)
    for (const { told } of sliders) expect(told.every((text) => text?.trim())).toBe(true)
    await context.close()
  })

  it('lets prices count: the list follows the visitor’s price level, and the score taken apart names it', async () => {
    const { context, page } = await tuned({ serve: 'b' })
    const a = await list(page, 'a')
    await page.getByRole('slider', { name: 'Price sensitivity' }).fill('3')
    const b = await settled(page)
    expect(b).not.toEqual(a)
    await expect.poll(() => shelf(page)).toEqual(b.slice(0, 8))
    await page.locator('#tab-mind').click()
    const row = page.locator('[data-mind="score"] tbody tr').filter({ hasText: 'In your price range' })
    await expect.poll(async () => Number(await row.locator('td').last().textContent())).toBeGreaterThan(0)
    await context.close()
  })

  it('scores anew while a slider is dragged, marks what moved, and takes it back', async () => {
    const { context, page } = await tuned({})
    const a = await list(page, 'a')
    expect(await list(page, 'b')).toEqual(a)

    const slider = page.getByRole('slider', { name: 'Diversity' })
    await slider.scrollIntoViewIfNeeded()
    const box = (await slider.boundingBox())!
    await page.mouse.move(box.x + 20, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + 0.9 * box.width, box.y + box.height / 2, { steps: 4 })
    await expect.poll(() => list(page, 'b')).not.toEqual(a)
    expect(await list(page, 'a')).toEqual(a)
    await expect.poll(() => page.locator('rank-list[data-list="b"] .move:not(:empty)').count()).toBeGreaterThan(0)
    await page.mouse.up()

    await slider.press('End')
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('1')
    const most = await settled(page)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => list(page, 'b')).not.toEqual(most)
    await slider.press('Control+z')
    await expect.poll(() => list(page, 'b')).toEqual(a)
    await expect.poll(() => page.getByText('B is the bundle as it is.').count()).toBe(1)
    await context.close()
  })

  it('starts from presets, keeps and swaps, and says what differs from the bundle', async () => {
    const { context, page } = await tuned({})
    await page.getByLabel('Start from').selectOption({ label: 'Best sellers only' })
    await expect.poll(() => page.locator('[data-tune="diff"] li').allTextContents()).toHaveLength(5)
    const sellers = await settled(page)
    await page.getByRole('button', { name: 'Swap' }).click()
    await expect.poll(() => list(page, 'a')).toEqual(sellers)
    await page.getByRole('button', { name: 'B becomes A' }).click()
    await expect.poll(async () => (await list(page, 'a')).join()).not.toBe(sellers.join())
    await page.getByRole('button', { name: 'Start over' }).click()
    await expect.poll(() => page.getByText('B is the bundle as it is.').count()).toBe(1)
    await context.close()
  })

  it('hands the shop’s own shelves what is tuned, and a link carries all of it', async () => {
    const { context, page } = await tuned({})
    const own = await shelf(page)
    await page.getByRole('slider', { name: 'Most of one category' }).fill('1')
    await page.getByRole('slider', { name: 'Trending' }).fill('0')
    const b = await settled(page)
    expect(await shelf(page)).toEqual(own)
    await page.locator('input[name="serve"][value="b"]').check()
    await expect.poll(() => shelf(page)).toEqual(b.slice(0, 8))
    const link = (await page.locator('[data-paste="link"]').textContent())!

    const other = await context.newPage()
    await other.goto(link)
    await other.waitForSelector('rank-list[data-list="b"] li')
    await expect.poll(() => list(other, 'b')).toEqual(b)
    await expect.poll(() => shelf(other)).toEqual(b.slice(0, 8))
    await context.close()
  })

  it('gives a tag, options and a settings file that do the same where they are pasted', async () => {
    const { context, page } = await tuned({})
    await page.getByLabel('Start from').selectOption({ label: 'A wide choice' })
    await page.getByRole('slider', { name: 'Session', exact: true }).fill('1.4')
    await page.getByRole('slider', { name: 'Price sensitivity' }).fill('0.8')
    await page.getByText('What events are worth').click()
    await page.getByRole('slider', { name: 'Viewed' }).fill('2.5')
    const b = await settled(page)
    const paste = async (name: string) => (await page.locator(`[data-paste="${name}"]`).textContent())!
    const [tag, json, file] = [await paste('tag'), await paste('json'), await paste('file')]

    await context.route('**/pasted.html', (route) => {
      const body = `<!doctype html><script>window.windowshop = function () { (windowshop.q = windowshop.q || []).push(arguments) }</script>${tag}`
      return route.fulfill({ contentType: 'text/html', body })
    })
    const pasted = await context.newPage()
    await pasted.goto(`${shop.server.url}pasted.html`)
    expect(await pasted.evaluate(askByTag)).toEqual(b)
    await pasted.addScriptTag({
      type: 'module',
      content: `import { createRecommender } from '/windowshop/index.js'; Object.assign(globalThis, { createRecommender })`,
    })
    await pasted.waitForFunction(() => 'createRecommender' in globalThis)
    expect(await pasted.evaluate(askByModule, JSON.parse(json) as RecommenderOptions)).toEqual(b)

    const folder = await mkdtemp(join(tmpdir(), 'windowshop-'))
    await writeFile(join(folder, 'settings.json'), file)
    const { settings } = await readSettingsFile(join(folder, 'settings.json'))
    await rm(folder, { recursive: true })
    expect(settings).toMatchObject({
      diversity: 0.6,
      categoryCap: 2,
      session: 1.4,
      priceSensitivity: 0.8,
      strengths: { view_item: 2.5 },
    })
    await context.close()
  })
})

/** A visitor who has looked at two items, at the tuning view. */
async function tuned(options: Readonly<Record<string, string>>) {
  const { context, page } = await shop.visit({ ...options, tab: 'tune', consent: 'granted' })
  for (const place of [1, 4]) {
    await page.locator('windowshop-shelf[placement="for-you"] a.link').nth(place).click()
    await page.waitForSelector('.product h1')
    await page.locator('.wordmark').click()
  }
  await page.waitForSelector('.panel[data-coverage="1"]')
  await settled(page)
  return { context, page }
}

/** The list of B, when it has stood still. */
async function settled(page: Page): Promise<string[]> {
  let before = ''
  await expect
    .poll(
      async () => {
        const now = (await list(page, 'b')).join()
        const still = now !== '' && now === before
        before = now
        return still
      },
      { interval: 500, timeout: 20_000 },
    )
    .toBe(true)
  return list(page, 'b')
}

/** Ids of a list by their places: the rows of the document follow when it is still. */
async function list(page: Page, name: 'a' | 'b'): Promise<string[]> {
  return page.locator(`rank-list[data-list="${name}"] li`).evaluateAll((rows) =>
    rows
      .map((row) => row as HTMLElement)
      .sort((a, b) => Number(a.style.getPropertyValue('--at')) - Number(b.style.getPropertyValue('--at')))
      .map((row) => row.dataset['item']!),
  )
}

async function shelf(page: Page): Promise<string[]> {
  return page
    .locator('windowshop-shelf[placement="for-you"]')
    .first()
    .locator('a.link')
    .evaluateAll((links) => links.map((link) => decodeURIComponent(link.getAttribute('href')!.split('/').at(-1)!)))
}

/** Runs in the page: the list of the tag's instance, over the log that is stored. */
async function askByTag(): Promise<string[]> {
  const windowshop = (window as unknown as { windowshop: (...values: unknown[]) => Promise<unknown> }).windowshop
  const command = (...values: unknown[]) =>
    new Promise<unknown>((resolve) => void windowshop(...values, (result: unknown) => resolve(result)))
  await command('consent', 'granted')
  for (let tries = 0; tries < 200; tries++) {
    if (((await command('status')) as { coverage: number }).coverage === 1) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const answer = (await command('recommend', { placement: 'for-you', limit: 12 })) as ShelfAnswer
  return 'items' in answer ? answer.items.map(({ card }) => card.id) : [answer.fallback]
}

async function askByModule(options: RecommenderOptions): Promise<string[]> {
  const { createRecommender } = globalThis as unknown as {
    createRecommender: (options: RecommenderOptions) => Promise<Recommender>
  }
  const recommender = await createRecommender({ ...options, consent: 'granted' })
  for (let tries = 0; tries < 200 && (await recommender.status()).coverage < 1; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const answer = await recommender.recommend({ placement: 'for-you', limit: 12 })
  return 'items' in answer ? answer.items.map(({ card }) => card.id) : [answer.fallback]
}
