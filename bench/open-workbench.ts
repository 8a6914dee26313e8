import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { silent } from '../src/builder/progress.ts'
import { serve } from '../src/builder/serve.ts'
import { chromiumFlags, ensureChromium } from '../scripts/browser.ts'
import { largePictures, largeShop } from '../scripts/large-shop.ts'
import { ensureOutputs } from '../scripts/outputs.ts'
import { ensureSampleFolder } from '../scripts/sample-folder.ts'
import { percentile } from './live/percentiles.ts'

const root = join(import.meta.dirname, '..')

/** The built workbench at a tab, on a sample shop of so many items, once its recommender holds all of them. */
export async function openWorkbench(items: number, tab: string): Promise<{ page: Page; close(): Promise<void> }> {
  const large = items === largeShop.options.items
  const folder = large ? largeShop.folder : join(root, '.cache/bench', `workbench-${items}`)
  const options = large ? largeShop.options : { items, seed: 1, pictures: false }
  await ensureSampleFolder(folder, options, silent)
  await ensureOutputs(['scorers', 'tensorflow', 'models', 'late', 'worker', 'sw', 'workbench'], () => {})
  const server = await serve({
    mounts: { '/': join(root, 'dist/workbench'), '/large/': folder },
    make: largePictures(),
    port: 0,
  })
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${server.url}?bundle=large/bundle/manifest.json&tab=${tab}&language=en`)
  await page.waitForSelector('.panel[data-coverage="1"]')
  return {
    page,
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

export function summary(samples: readonly number[]) {
  return {
    p50: round(percentile(samples, 0.5)),
    p95: round(percentile(samples, 0.95)),
    p99: round(percentile(samples, 0.99)),
  }
}

export function round(value: number): number {
  return Number(value.toFixed(1))
}
