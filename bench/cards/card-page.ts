import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { drawItem } from '../../src/builder/sample/draw-item.ts'
import { typeNamed } from '../../src/builder/sample/product-types.ts'

/** What a page tells of itself. */
export interface Paints {
  /** From the start of the navigation, in milliseconds. */
  readonly largestPaint: number
  /** Tasks of more than 50 ms. */
  readonly longTasks: number
}

/** Writes `shelves.html`, a page with a large picture and three shelves of eight, and `plain.html`, the same without the tag. */
export async function writeCardPages(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const tag = `<script async src="/dist/windowshop.js" data-bundle="/bundle/manifest.json" data-consent="granted"></script>`
  await writeFile(join(folder, 'shelves.html'), pageWith(tag))
  await writeFile(join(folder, 'plain.html'), pageWith(''))
  const item = { id: 'TNT-0001', type: typeNamed('tent'), color: 'Moss', title: 'Tent, Moss', group: 'G' }
  await writeFile(join(folder, 'picture.svg'), drawItem(item))
}

function pageWith(tag: string): string {
  const shelves = ['for-you', 'trending', 'new'].map(
    (name) => `<windowshop-shelf placement="${name}" limit="8"></windowshop-shelf>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Shop</title>
<link rel="icon" href="data:,">
<style>windowshop-shelf { display: block; min-height: 22rem } .hero { display: block; width: 100%; height: 420px; object-fit: cover }</style>
<script>
performance.mark('tag')
globalThis.seen = { longTasks: 0, largest: 0 }
new PerformanceObserver((list) => { seen.longTasks += list.getEntries().length }).observe({ type: 'longtask', buffered: true })
new PerformanceObserver((list) => { for (const { startTime } of list.getEntries()) seen.largest = startTime }).observe({ type: 'largest-contentful-paint', buffered: true })
</script>
${tag}
<h1>Shop</h1>
<img class="hero" alt="" src="/picture.svg">
${shelves.join('\n')}
</html>
`
}

/** Waits until all cards stand, where there is a tag, or the page has loaded, and for the largest paint. */
export async function readPaints(page: Page): Promise<Paints> {
  await page.waitForFunction(
    () => {
      if (document.readyState !== 'complete') return false
      if (!document.querySelector('script[src]')) return true
      const shelves = [...document.querySelectorAll('windowshop-shelf')]
      return shelves.every(({ shadowRoot }) => shadowRoot?.querySelector('.ready'))
    },
    undefined,
    { timeout: 60_000, polling: 50 },
  )
  await page.waitForTimeout(400)
  return page.evaluate(() => {
    const { longTasks, largest } = (globalThis as unknown as { seen: { longTasks: number; largest: number } }).seen
    return { longTasks, largestPaint: largest }
  })
}
