import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { drawItem } from '../../src/builder/sample/draw-item.ts'
import { typeNamed } from '../../src/builder/sample/product-types.ts'

export interface PageOptions {
  /** The tag's `data-scorer`. */
  readonly scorer: string
  /** The tag's `data-worker`; the built one by default. */
  readonly worker?: string
}

/** Writes `index.html`, a shop's page with the tag and one shelf, `plain.html`, the same without the tag, and a picture. */
export async function writePages(
  folder: string,
  { scorer, worker = '/dist/windowshop.worker.js' }: PageOptions,
): Promise<void> {
  const tag = `<script async src="/dist/windowshop.js" data-bundle="/bundle/manifest.json" data-consent="granted" data-scorer="${scorer}" data-worker="${worker}"></script>`
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.html'), pageWith(tag))
  await writeFile(join(folder, 'plain.html'), pageWith(''))
  const item = { id: 'TNT-0001', type: typeNamed('tent'), color: 'Moss', title: 'Tent, Moss', group: 'G' }
  await writeFile(join(folder, 'picture.svg'), drawItem(item))
}

function pageWith(tag: string): string {
  const fallback = Array.from({ length: 8 }, (_, i) => `<li><a href="/item/${i}">Best seller ${i + 1}</a></li>`).join(
    '',
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Shop</title>
<link rel="icon" href="data:,">
<script>performance.mark('tag')</script>
${tag}
<h1>Shop</h1>
<windowshop-shelf placement="for-you" limit="8"><ul>${fallback}</ul></windowshop-shelf>
</html>
`
}

/** Marks `shelf` in the page's timeline at the first frame that has cards, and collects long tasks. */
export async function watchFirstShelf(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { longTasks: [] as { start: number; duration: number }[] }
    Object.assign(globalThis, { bench: seen })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) seen.longTasks.push({ start: startTime, duration })
    }).observe({ type: 'longtask', buffered: true })
    const watch = () => {
      // The script may be there before the shelf has been parsed.
      const root = document.querySelector('windowshop-shelf')?.shadowRoot
      if (!root) return void requestAnimationFrame(watch)
      const look = () => {
        if (!root.querySelector('.ready')) return
        observer.disconnect()
        requestAnimationFrame(() => performance.mark('shelf'))
      }
      const observer = new MutationObserver(look)
      observer.observe(root, { subtree: true, childList: true, attributes: true })
      look()
    }
    void customElements.whenDefined('windowshop-shelf').then(watch)
  })
}

export interface Visit {
  /** From the start of the navigation to the first frame with cards, in milliseconds. */
  readonly shelf: number
  /** From the moment at which the script had arrived to that frame. */
  readonly afterScript: number
  /** Tasks of more than 50 ms between the tag and that frame. */
  readonly longTasks: number
}

/** Waits for the first shelf and tells when it came. */
export async function readVisit(page: Page, timeout: number): Promise<Visit> {
  await page.waitForFunction(() => performance.getEntriesByName('shelf').length > 0, undefined, {
    timeout,
    polling: 50,
  })
  return page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name)[0]!.startTime
    const { responseEnd } = performance
      .getEntriesByType('resource')
      .find(({ name }) => name.endsWith('/windowshop.js')) as PerformanceResourceTiming
    const { longTasks } = (globalThis as unknown as { bench: { longTasks: { start: number; duration: number }[] } })
      .bench
    const within = longTasks.filter(({ start, duration }) => start + duration > at('tag') && start < at('shelf'))
    return { shelf: at('shelf'), afterScript: at('shelf') - responseEnd, longTasks: within.length }
  })
}
