// `npm run --silent bench:tabs -- --json`: from an event in one tab to other cards on the shelves of the others.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type BrowserContext, type Page } from 'playwright'
import { silent } from '../src/builder/progress.ts'
import { serve } from '../src/builder/serve.ts'
import { createRandom } from '../src/core/random.ts'
import { chromiumFlags, ensureChromium } from '../scripts/browser.ts'
import { ensureOutputs } from '../scripts/outputs.ts'
import { ensureSampleFolder } from '../scripts/sample-folder.ts'
import { median, percentile } from './live/percentiles.ts'
import { writePages } from './live/shop-page.ts'
import { firstChange, watchCards } from './tabs/watch-cards.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '10000' },
    events: { type: 'string', default: '200' },
    tabs: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const [items, events, tabs, seed] = [values.items, values.events, values.tabs, values.seed].map(Number) as number[]
if (![items, events, tabs, seed].every((n) => Number.isInteger(n) && n! > 0) || tabs! < 2 || tabs! > 16)
  throw new Error('--items, --events and --seed take whole numbers, --tabs 2 to 16')
/** Events that warm the code up. */
const warming = 20

const shop = join(root, '.cache/bench', `shop-${items}-${seed}`)
const pages = join(root, '.cache/bench/pages')
await ensureSampleFolder(shop, { items: items!, seed: seed!, pictures: false }, silent)
await ensureOutputs(['scorers', 'tensorflow', 'models', 'late', 'worker', 'extras', 'page'], console.error)
await writePages(pages, { scorer: 'wasm' })
const mounts = { '/': pages, '/dist/': join(root, 'dist'), '/bundle/': join(shop, 'bundle') }
const server = await serve({ mounts, standIns: { '/pictures/': '/picture.svg' }, port: 0 })
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
try {
  const result = await measure(await browser.newContext())
  console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2))
} finally {
  await browser.close()
  await server.close()
}

async function measure(context: BrowserContext) {
  const opened: Page[] = []
  for (let i = 0; i < tabs!; i++) opened.push(await openTab(context))
  const [acting, ...others] = opened as [Page, ...Page[]]
  const times: number[] = []
  let unchanged = 0
  for (const [n, item] of (await someItems(events! + warming)).entries()) {
    const changes = others.map(firstChange)
    const begin = await acting.evaluate((seen) => {
      const { windowshop } = globalThis as unknown as { windowshop(...command: unknown[]): Promise<unknown> }
      const start = performance.timeOrigin + performance.now()
      void windowshop('track', { kind: 'view_item', item: seen })
      return start
    }, item)
    for (const change of await Promise.all(changes)) {
      if (change === undefined) unchanged++
      else if (n >= warming) times.push(change - begin)
    }
  }
  if (unchanged > (events! * others.length) / 2) throw new Error(`${unchanged} views have changed no shelf`)
  const [p50, p95, p99] = [median(times), percentile(times, 0.95), percentile(times, 0.99)].map(
    (ms) => Math.round(ms * 10) / 10,
  )
  const within = times.filter((ms) => ms <= 100).length / times.length
  return {
    items,
    tabs,
    changes: times.length,
    unchanged,
    event_to_other_tab_ms: { p50, p95, p99 },
    within_100_ms: within,
  }
}

/** A tab whose whole bundle serves. */
async function openTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.url)
  await page.waitForFunction(async () => {
    const { windowshop } = globalThis as unknown as {
      windowshop(name: string): Promise<{ tiers?: { display: boolean } }>
    }
    return (await windowshop('status')).tiers?.display
  })
  await watchCards(page)
  return page
}

/** Items at random, from the seed. */
async function someItems(wanted: number): Promise<string[]> {
  const catalogue = JSON.parse(await readFile(join(shop, 'catalogue.json'), 'utf8')) as { items: { id: string }[] }
  const random = createRandom(seed!)
  return Array.from({ length: wanted }, () => catalogue.items[Math.floor(random() * catalogue.items.length)]!.id)
}
