// `npm run --silent bench:cards -- --json`: what shelves cost a page of 24 cards: its main thread, and its largest paint.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type BrowserContext } from 'playwright'
import { silent } from '../src/builder/progress.ts'
import { serve } from '../src/builder/serve.ts'
import { chromiumFlags, ensureChromium } from '../scripts/browser.ts'
import { ensureOutputs } from '../scripts/outputs.ts'
import { ensureSampleFolder } from '../scripts/sample-folder.ts'
import { median } from './live/percentiles.ts'
import { slowPages } from './live/slow-processes.ts'
import { readPaints, writeCardPages, type Paints } from './cards/card-page.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '15' },
    'cpu-slowdown': { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
  },
})
const items = Number(values.items)
const runs = Number(values.runs)
const slowdown = Number(values['cpu-slowdown'])

const shop = join(root, '.cache/bench', `shop-${items}-1`)
const pages = join(root, '.cache/bench/card-pages')
await ensureSampleFolder(shop, { items, seed: 1, pictures: false }, silent)
await ensureOutputs(['scorers', 'tensorflow', 'models', 'late', 'worker', 'extras', 'page'], (line) =>
  console.error(line),
)
await writeCardPages(pages)
const server = await serve({
  mounts: { '/': pages, '/dist/': join(root, 'dist'), '/bundle/': join(shop, 'bundle') },
  standIns: { '/pictures/': '/picture.svg' },
  port: 0,
})
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
try {
  const fast = await pairs(1)
  const slow = await pairs(slowdown)
  const result = {
    items,
    cards: 24,
    runs,
    /** Script, style and layout that the tag adds until all cards stand; tasks over 50 ms from the tag on. */
    main_thread: {
      added_ms: round(median(fast.map(({ tag, plain }) => tag.work - plain.work))),
      tasks_over_50_ms: Math.max(...fast.map(({ tag }) => tag.longTasks)),
    },
    /** With the processor slowed: from the start of the navigation. */
    largest_contentful_paint_ms: {
      cpu_slowdown: slowdown,
      with_shelves: round(median(slow.map(({ tag }) => tag.largestPaint))),
      without: round(median(slow.map(({ plain }) => plain.largestPaint))),
      later_by: round(median(slow.map(({ tag, plain }) => tag.largestPaint - plain.largestPaint))),
    },
  }
  console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2))
} finally {
  await browser.close()
  await server.close()
}

interface Seen extends Paints {
  /** Milliseconds of processor time. */
  readonly work: number
}

/** Visits to the page with shelves and to the one without, in turns. */
async function pairs(rate: number): Promise<{ tag: Seen; plain: Seen }[]> {
  const seen: { tag: Seen; plain: Seen }[] = []
  for (let run = 0; run <= runs; run++) {
    const pair = { plain: await visit('plain.html', rate), tag: await visit('shelves.html', rate) }
    // The first pair warms the server and the browser up.
    if (run > 0) seen.push(pair)
  }
  return seen
}

async function visit(path: string, rate: number): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const unslow = await slowPages(browser, rate)
  try {
    return await look(context, path, rate)
  } finally {
    await unslow()
    await context.close()
  }
}

async function look(context: BrowserContext, path: string, rate: number): Promise<Seen> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  // Processor time: what other programs take meanwhile is not the page's.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(server.url + path, { timeout: 120_000 })
  const paints = await readPaints(page)
  const { metrics } = await session.send('Performance.getMetrics')
  const wanted = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']
  const seconds = wanted.reduce((sum, name) => sum + metrics.find((metric) => metric.name === name)!.value, 0)
  return { ...paints, work: seconds * 1000 * rate }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
