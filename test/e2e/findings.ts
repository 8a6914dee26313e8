import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe finds on a page, or in a part of it, once nothing moves: rules, and the elements that break them. */
export async function findings(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axe })
  const results = await page.evaluate(
    (within) => (globalThis as unknown as { axe: { run(within: string): Promise<AxeResults> } }).axe.run(within),
    part,
  )
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
