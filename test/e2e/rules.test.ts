import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRulesFile } from '../../src/builder/rules/read-rules-file.ts'
import { openDemoShop, type DemoShop } from './demo-shop.ts'

let shop: DemoShop
beforeAll(async () => {
  shop = await openDemoShop({ gpu: false })
})
afterAll(() => shop.close())

describe('the rules', () => {
  it('are written in a form, previewed by date and placement, tried in the shop, and saved as the file', async () => {
    const { context, page } = await shop.visit({ tab: 'rules', consent: 'granted' })
    const without = () => list(page, 'without')
    const ruled = () => list(page, 'with')
    await expect.poll(async () => (await without()).length).toBe(12)
    expect(await ruled()).toEqual(await without())
    const [first] = await without()

    await page.getByRole('button', { name: 'Add a rule' }).click()
    const form = page.locator('.rule-form')
    await form.getByLabel('Name').fill('Not this one')
    await form.getByLabel('Does').selectOption({ label: 'Hide' })
    await form.getByLabel('Categories').fill('')
    await form.getByLabel('Items').fill(first!)
    await expect.poll(async () => (await ruled()).includes(first!)).toBe(false)
    await expect.poll(ruled).toHaveLength(12)
    await expect.poll(() => page.locator('[data-rules="effects"]').textContent()).toContain('taken out by Not this one')

    await form.getByLabel('From day').fill('2031-05-01')
    await expect.poll(ruled).toEqual(await without())
    await page.getByLabel('At', { exact: true }).fill('2031-05-02T12:00')
    await expect.poll(async () => (await ruled()).includes(first!)).toBe(false)
    await form.getByRole('checkbox', { name: 'Trending' }).check()
    await expect.poll(async () => (await ruled()).includes(first!)).toBe(true)
    await form.getByRole('checkbox', { name: 'Trending' }).uncheck()
    await form.getByLabel('From day').fill('')

    await page.getByRole('switch', { name: 'The shop uses them' }).click()
    const shelf = page.locator('windowshop-shelf[placement="for-you"] a.link')
    await expect.poll(() => shelf.count()).toBeGreaterThan(0)
    await expect.poll(() => served(page)).not.toContain(first)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save rules.json' }).click(),
    ])
    const folder = await mkdtemp(join(tmpdir(), 'windowshop-rules-'))
    const rules = join(folder, 'rules.json')
    await download.saveAs(rules)
    expect(await readRulesFile({ rules })).toEqual([{ name: 'Not this one', hide: { items: [first] } }])
    await page.getByRole('button', { name: 'Delete: Not this one' }).click()
    await expect.poll(() => page.locator('[data-rules="list"]').count()).toBe(0)
    await expect.poll(() => served(page)).toContain(first)
    await page.getByLabel('Open a file').setInputFiles(rules)
    await expect.poll(() => page.locator('[data-rules="list"] > li').count()).toBe(1)
    await rm(folder, { recursive: true })
    await context.close()
  })

  it('say what is wrong with them, and go on with what was right before', async () => {
    const { context, page } = await shop.visit({ tab: 'rules' })
    await expect.poll(async () => (await list(page, 'with')).length).toBe(12)
    await page.getByText('As JSON').click()
    const text = page.getByRole('textbox', { name: 'As JSON' })
    const half = '[{ "name": "half", "boost": {} }]'
    await text.fill(half)
    await page.evaluate(() => dispatchEvent(new Event('offline')))
    await expect.poll(() => page.locator('.offline').isVisible()).toBe(true)
    expect(await text.inputValue()).toBe(half)
    await text.blur()
    await expect.poll(() => page.locator('.rules .problem').first().textContent()).toContain('rules-malformed')
    expect(await list(page, 'with')).toHaveLength(12)
    expect(await page.getByRole('button', { name: 'Save rules.json' }).isDisabled()).toBe(true)
    await text.fill('[{ "name": "whole", "cap": 1, "per": "category" }]')
    await text.blur()
    await expect.poll(() => page.locator('.rules .problem').first().isVisible()).toBe(false)
    await context.close()
  })
})

/** Ids of a list of the preview, in the order on screen. */
async function list(page: Page, name: 'without' | 'with'): Promise<string[]> {
  return page.locator(`rank-list[data-list="${name}"] li`).evaluateAll((rows) =>
    rows
      .map((row) => row as HTMLElement)
      .sort((a, b) => Number(a.style.getPropertyValue('--at')) - Number(b.style.getPropertyValue('--at')))
      .map((row) => row.dataset['item']!),
  )
}

/** Ids of the shop's own shelf. */
async function served(page: Page): Promise<(string | undefined)[]> {
  return page
    .locator('windowshop-shelf[placement="for-you"] a.link')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href.split('/').at(-1)))
}
