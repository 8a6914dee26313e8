// `npm run screenshots`: every page of the shop and every view of the workbench, whole, at 390 and 1440 px, light and dark, and
// written from right to left, into the ignored folder screenshots/, for people to look at.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { showProgress } from '../src/builder/progress.ts'
import { serve } from '../src/builder/serve.ts'
import { tabs } from '../src/workbench/tabs.ts'
import { chromiumFlags, ensureChromium } from './browser.ts'
import { ensureOutputs } from './outputs.ts'
import { ensureSampleFolder } from './sample-folder.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'screenshots/views')

await ensureSampleFolder(join(root, '.demo'), { items: 2000 }, showProgress())
await ensureOutputs(['scorers', 'tensorflow', 'models', 'late', 'worker', 'sw', 'workbench'], console.log)
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
const server = await serve({ mounts: { '/': [join(root, 'dist/workbench'), join(root, '.demo')] }, port: 0 })
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
try {
  for (const width of [390, 1440]) {
    for (const theme of ['light', 'dark']) await shoot({ width, theme, direction: 'ltr' })
    await shoot({ width, theme: 'light', direction: 'rtl' })
  }
} finally {
  await browser.close()
  await server.close()
}
console.log(`The pictures are in ${folder}`)

interface Look {
  readonly width: number
  readonly theme: string
  readonly direction: 'ltr' | 'rtl'
}

async function shoot({ width, theme, direction }: Look): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, locale: 'en' })
  const name = (view: string) => join(folder, `${view}-${width}-${direction === 'rtl' ? 'rtl' : theme}.png`)
  // The workbench speaks no language of that direction yet; a shop around its shelves may.
  await page.addInitScript((dir) => {
    document.addEventListener('DOMContentLoaded', () => void (document.documentElement.dir = dir))
  }, direction)
  await page.goto(`${server.url}?theme=${theme}`)
  await page.waitForSelector('.panel[data-coverage="1"]')
  await page.locator('windowshop-shelf[placement="for-you"] a.link').nth(2).click()
  await page.waitForSelector('.product h1')
  for (const [view, hash] of await pages(page)) {
    await page.evaluate((to) => void (location.hash = to), hash)
    await page.waitForSelector('windowshop-shelf a.link')
    await still(page)
    await page.screenshot({ path: name(`shop-${view}`) })
    if (view === 'item') await page.locator('.buy .button').first().click()
  }
  if (width < 1080) await page.getByRole('button', { name: 'Open the workbench' }).click()
  await page.getByRole('button', { name: 'Tour', exact: true }).click()
  await still(page)
  await page.screenshot({ path: name('panel-tour') })
  await page.keyboard.press('Escape')
  // As tall as its content, which scrolls within it.
  await page.setViewportSize({ width, height: 4000 })
  await page.addStyleTag({ content: '.panel { max-block-size: none !important }' })
  for (const tab of tabs) {
    await page.locator(`#tab-${tab}`).click()
    await page.waitForFunction(() => !document.querySelector('#panel-view [aria-busy="true"]'))
    if (tab === 'measure') await page.waitForSelector('[data-measure="personas"] button')
    await still(page)
    await page.screenshot({ path: name(`panel-${tab}`) })
  }
  await page.close()
}

async function pages(page: Page): Promise<[view: string, hash: string][]> {
  const id = page.url().split('/').at(-1)!
  return [
    ['home', '#/'],
    ['item', `#/item/${id}`],
    ['category', '#/category/Outdoor'],
    ['search', '#/search?q=tent'],
    ['cart', '#/cart'],
    ['done', '#/done'],
  ]
}

/** Until nothing moves and every picture in view is there. */
async function still(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))
  await page.waitForFunction(() => {
    const isEmpty = (each: Element) => each.childElementCount === 0
    const isComing = (each: HTMLImageElement) => {
      const { top, height } = each.getBoundingClientRect()
      return !each.complete && height > 0 && top < innerHeight && top + height > 0
    }
    return (
      !Array.from(document.querySelectorAll('[data-plot]')).some(isEmpty) && !Array.from(document.images).some(isComing)
    )
  })
  await page.waitForLoadState('networkidle')
}
