import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop({ gpu: false })
})
afterAll(() => shop.close())

describe('the mind', () => {
  it('takes scores apart, puts interests into words, and shows the shopper on the map', async () => {
    const { context, page } = await visited()
    const cells = await page
      .locator('[data-mind="score"] tbody tr')
      .evaluateAll((rows) => rows.map((row) => Number(row.lastElementChild!.textContent!.replace('−', '-'))))
    const total = Number((await page.locator('[data-mind="score"] tfoot td').last().textContent())!.replace('−', '-'))
    expect(Math.abs(cells.reduce((sum, value) => sum + value, 0) - total)).toBeLessThan(0.0006 * (cells.length + 1))
    // The same score by its inputs: each times its weight is its part.
    const inputs = await page
      .locator('[data-mind="inputs"] tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent!.replace('−', '-')))),
      )
    expect(inputs.length).toBeGreaterThanOrEqual(5)
    for (const [value, weight, part] of inputs) expect(Math.abs(value! * weight! - part!)).toBeLessThan(0.002)
    const parts = inputs.reduce((sum, [, , part]) => sum + part!, 0)
    expect(Math.abs(parts - total)).toBeLessThan(0.0006 * (inputs.length + 1))
    await page.locator('.chips button').nth(2).click()
    const place = page.locator('[data-mind="listed"]')
    await expect.poll(() => place.textContent()).toContain('Place 3 on your list. Likeness')
    const interests = await page.locator('[data-mind="words"] li').allTextContents()
    expect(interests.length).toBeGreaterThan(5)
    for (const word of interests) expect(word.trim()).toMatch(/^[\p{L}\p{M}\p{N}]+$/u)

    await page.getByPlaceholder('Any item, by name or id').fill('lantern')
    const found = page.getByRole('list', { name: 'Any item' }).getByRole('button')
    await expect.poll(() => found.first().textContent()).toContain('antern')
    const title = (await found.first().textContent())!.trim()
    await found.first().click()
    await expect.poll(() => page.locator('.picked b').textContent()).toBe(title)

    const map = page.locator('item-map')
    await map.scrollIntoViewIfNeeded()
    await map.press('ArrowRight')
    await expect.poll(() => page.locator('.map-label a').count()).toBe(1)
    await context.close()
  })

  it('lets the log be filtered, edited, added to, forgotten, replayed and imported', async () => {
    const { context, page } = await visited()
    const rows = page.locator('[data-mind="log"] > li')
    const before = await rows.count()
    await page.getByPlaceholder('Filter events').fill('no such item')
    await expect.poll(() => rows.count()).toBe(0)
    await page.getByPlaceholder('Filter events').fill('')
    await expect.poll(() => rows.count()).toBe(before)

    const form = page.getByRole('form', { name: 'Add an event' })
    await form.getByLabel('Kind').selectOption({ label: 'Searched' })
    await form.getByLabel('Item id, or words').fill('linen towel')
    await form.getByRole('button').click()
    await expect.poll(() => rows.first().textContent()).toContain('linen towel')

    await page.getByRole('button', { name: 'Edit: Searched' }).click()
    const edit = page.getByRole('form', { name: 'Edit' })
    await edit.getByLabel('Item id, or words').fill('storm lantern')
    await edit.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => rows.first().textContent()).toContain('storm lantern')
    await expect.poll(() => rows.count()).toBe(before + 1)

    const list = () => page.locator('.chips button').allTextContents()
    const shown = await list()
    // Slow enough for the button to be seen on a busy machine, too.
    const replay = page.getByRole('button', { name: 'Replay: 4 a second' })
    await Promise.all([page.getByRole('button', { name: /^Stop/ }).waitFor(), replay.click()])
    await replay.waitFor()
    await expect.poll(() => rows.count()).toBe(before + 1)
    await expect.poll(list).toEqual(shown)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('tool-panel').getByRole('button', { name: 'Download' }).click(),
    ])
    await page.getByRole('button', { name: 'Forget: Searched' }).click()
    await expect.poll(() => rows.count()).toBe(before)
    await page.getByLabel('Import').setInputFiles(await download.path())
    await expect.poll(() => rows.count()).toBe(before + 1)
    await context.close()
  })
})

/** A visitor who has looked at two items, at the view of the mind. */
async function visited(): Promise<Awaited<ReturnType<DemoShop['visit']>>> {
  const visit = await shop.visit({ tab: 'mind', consent: 'granted' })
  await lookAt(visit.page, [1, 4])
  await visit.page.waitForSelector('[data-mind="score"] tbody tr')
  return visit
}

async function lookAt(page: Page, places: readonly number[]): Promise<void> {
  for (const [count, place] of places.entries()) {
    await page.locator('windowshop-shelf[placement="for-you"] a.link').nth(place).click()
    await page.waitForSelector('.product h1')
    await page.locator('.wordmark').click()
    // A view, and the choice of it from the shelf.
    await expect.poll(() => page.locator('[data-mind="log"] > li').count()).toBe(2 * (count + 1))
  }
}
