// `npm run --silent bench:live -- --items 10000 --json`: what a shopper waits for, on a real page with a real worker.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { silent } from '../src/builder/progress.ts'
import { serve } from '../src/builder/serve.ts'
import { createRandom } from '../src/core/random.ts'
import { chromiumFlags, ensureChromium } from '../scripts/browser.ts'
import { ensureOutputs } from '../scripts/outputs.ts'
import { ensureSampleFolder } from '../scripts/sample-folder.ts'
import { eventTimes } from './live/event-times.ts'
import { workerMemory } from './live/memory-bytes.ts'
import { median, percentile } from './live/percentiles.ts'
import { readVisit, watchFirstShelf, writePages, type Visit } from './live/shop-page.ts'
import { openSlowLink, slow4g } from './live/slow-link.ts'
import { slowPages } from './live/slow-processes.ts'
import { bundleBytes, transferBytes } from './live/transfer-bytes.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '10000' },
    events: { type: 'string', default: '300' },
    runs: { type: 'string', default: '5' },
    'cpu-slowdown': { type: 'string', default: '1' },
    network: { type: 'string', default: 'none' },
    scorer: { type: 'string', default: 'auto' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const items = count('items', values.items)
const events = count('events', values.events)
const runs = count('runs', values.runs)
const seed = count('seed', values.seed)
const cpuSlowdown = count('cpu-slowdown', values['cpu-slowdown'])
const network = { none: undefined, slow4g }[values.network]
if (!network && values.network !== 'none') throw new Error('--network is none or slow4g')

const shop = join(root, '.cache/bench', `shop-${items}-${seed}`)
const pages = join(root, '.cache/bench/pages')
const bundle = join(shop, 'bundle')
const dist = join(root, 'dist')

say(`Making a shop of ${items} items, or finding it in .cache/`)
await ensureSampleFolder(shop, { items, seed, pictures: false }, silent)
await ensureOutputs(['scorers', 'tensorflow', 'models', 'late', 'worker', 'extras', 'page'], say)
await writePages(pages, { scorer: values.scorer })

const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
const mounts = { '/': pages, '/dist/': dist, '/bundle/': bundle }
const server = await serve({ mounts, standIns: { '/pictures/': '/picture.svg' }, port: 0, headers: () => isolated })
const link = await openSlowLink(server.url)
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: [...chromiumFlags, '--enable-blink-features=ForceEagerMeasureMemory'],
})
try {
  const result = await measure(browser)
  console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2))
} finally {
  await browser.close()
  await link.close()
  await server.close()
}

async function measure(browser: Browser) {
  say(`First visits: ${runs}, each with nothing stored`)
  await compressEverything()
  link.setSpeed(network)
  const cold = await repeat(runs, () => inFreshContext(browser, visit))
  const without = await repeat(runs, () => inFreshContext(browser, mainThreadWithoutTag))

  const context = await browser.newContext()
  link.setSpeed(undefined)
  say('Keeping the whole bundle')
  const { page: first } = await open(context, 'index.html')
  await wholeBundle(first)
  await first.close()
  link.setSpeed(network)
  say(`Later visits: ${runs}, the bundle kept`)
  const warm = await repeat(runs, () => visit(context))

  say(`Events: ${events}`)
  const { page } = await open(context, 'index.html')
  await wholeBundle(page)
  const ids = await someItems(events + 20)
  const unslow = await slowPages(browser, cpuSlowdown)
  // The first ones warm the code up.
  const times = (await eventTimes(page, ids)).slice(20)
  await unslow()
  const status = await readStatus(page)
  say('Memory')
  const memory = await workerMemory(page)
  await context.close()

  return {
    items,
    emulation: { cpu_slowdown: cpuSlowdown, network: values.network },
    event_to_shelf_ms: {
      p50: round(median(times)),
      p95: round(percentile(times, 0.95)),
      p99: round(percentile(times, 0.99)),
    },
    /** From the start of the navigation to the first frame with cards. */
    first_shelf_ms: {
      cold: round(median(cold.map(({ shelf }) => shelf))),
      warm: round(median(warm.map(({ shelf }) => shelf))),
    },
    /** With the bundle kept, from the moment at which the script has arrived. */
    navigation_to_shelf_ms: round(median(warm.map(({ afterScript }) => afterScript))),
    main_thread: {
      long_tasks: Math.max(...cold.map(({ longTasks }) => longTasks)),
      /** Script, style and layout that the tag adds until the first shelf; then all tasks, frames and network included. */
      total_ms: round(median(cold.map(({ work }) => work.own)) - median(without.map(({ own }) => own))),
      all_tasks_ms: round(median(cold.map(({ work }) => work.all)) - median(without.map(({ all }) => all))),
    },
    transfer_bytes: { ...(await transferBytes({ dist, bundle })), tfjs: tensorFlowBytes() },
    memory_bytes: memory,
    table_bytes: status.memory.table,
    bundle_bytes: await bundleBytes(bundle),
    backend: status.scorer?.name ?? 'none',
    scorer: status.scorer,
  }
}

/** Processor time in milliseconds. */
interface MainThreadWork {
  /** Script, style and layout. */
  readonly own: number
  /** All tasks: also network messages, parsing, pictures, frames, and what the benchmark itself asks. */
  readonly all: number
}

interface OpenedPage {
  readonly page: Page
  goTo(path: string): Promise<void>
  /** What the page's main thread has done so far, on the emulated processor. */
  work(): Promise<MainThreadWork>
}

/** An empty tab, whose opening keeps the browser busy (pages of its own, in other processes) for about a second. */
async function openTab(context: BrowserContext): Promise<OpenedPage> {
  const page = await context.newPage()
  page.on('pageerror', (error) => say(`Error in the page: ${error.message}`))
  await watchFirstShelf(page)
  const session = await context.newCDPSession(page)
  // Processor time: what other programs take meanwhile is not the page's.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await new Promise((resolve) => setTimeout(resolve, 1500))
  return {
    page,
    goTo: async (path) => void (await page.goto(link.url + path, { waitUntil: 'commit', timeout: 120_000 })),
    async work() {
      const { metrics } = await session.send('Performance.getMetrics')
      const milliseconds = (...names: string[]) =>
        names.reduce((sum, wanted) => sum + metrics.find(({ name }) => name === wanted)!.value, 0) * 1000 * cpuSlowdown
      return {
        own: milliseconds('ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'),
        all: milliseconds('TaskDuration'),
      }
    },
  }
}

async function open(context: BrowserContext, path: string): Promise<OpenedPage> {
  const tab = await openTab(context)
  await tab.goTo(path)
  return tab
}

/** One visit, from the navigation to the first shelf. */
async function visit(context: BrowserContext): Promise<Visit & { work: MainThreadWork }> {
  const { page, goTo, work } = await openTab(context)
  const unslow = await slowPages(browser, cpuSlowdown)
  try {
    await goTo('index.html')
    const seen = await readVisit(page, 60_000)
    const done = await work()
    await page.close()
    return { ...seen, work: done }
  } finally {
    await unslow()
  }
}

async function mainThreadWithoutTag(context: BrowserContext): Promise<MainThreadWork> {
  const { page, goTo, work } = await openTab(context)
  const unslow = await slowPages(browser, cpuSlowdown)
  try {
    await goTo('plain.html')
    await page.waitForLoadState('load')
    return await work()
  } finally {
    await unslow()
  }
}

async function inFreshContext<T>(browser: Browser, work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext()
  try {
    return await work(context)
  } finally {
    await context.close()
  }
}

interface StatusSeen {
  readonly tiers: { readonly display: boolean; readonly table: boolean }
  readonly scorer?: { readonly name: string }
  readonly memory: { readonly table: number }
}

/** Waits until every tier serves, from a bundle that is kept. */
async function wholeBundle(page: Page): Promise<void> {
  const whole = page.evaluate(async () => {
    const status = async () => {
      const { windowshop } = globalThis as unknown as { windowshop?: (command: string) => Promise<StatusSeen> }
      return windowshop?.('status')
    }
    for (;;) {
      const { tiers, scorer } = (await status()) ?? {}
      if (tiers?.table && tiers.display && scorer && (await caches.match('/bundle/manifest.json'))) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })
  const late = setTimeout(() => void page.close(), 180_000)
  await whole
  clearTimeout(late)
}

function readStatus(page: Page): Promise<StatusSeen> {
  return page.evaluate(() =>
    (globalThis as unknown as { windowshop(name: string): Promise<StatusSeen> }).windowshop('status'),
  )
}

/** The server compresses on first demand; a host has done it before. */
async function compressEverything(): Promise<void> {
  await transferBytes({ dist, bundle })
  await inFreshContext(browser, async (context) => {
    const { page } = await open(context, 'index.html')
    await wholeBundle(page)
  })
}

/** TensorFlow.js as the pages asked for it. */
function tensorFlowBytes(): number {
  const asked = server.requests.filter(({ url }) => /tfjs|tensorflow/.test(url))
  if (asked.length) throw new Error(`nobody counts the bytes of ${asked[0]!.url} yet`)
  return 0
}

/** Items at random, from the seed. */
async function someItems(wanted: number): Promise<string[]> {
  const catalogue = JSON.parse(await readFile(join(shop, 'catalogue.json'), 'utf8')) as { items: { id: string }[] }
  const random = createRandom(seed)
  return Array.from({ length: wanted }, () => catalogue.items[Math.floor(random() * catalogue.items.length)]!.id)
}

async function repeat<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let run = 0; run < times; run++) results.push(await work())
  return results
}

function count(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`--${name} takes a whole number, not ${text}`)
  return Number(text)
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}

function say(line: string): void {
  console.error(line)
}
