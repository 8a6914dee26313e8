import { setTimeout as pause } from 'node:timers/promises'
import { launch, type Page } from 'puppeteer-core'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import type { Random } from '../../src/core/random.ts'
import { between } from '../support/seed.ts'
import { openFaultShop, type FaultShop } from './fault-shop.ts'
import { labFiles } from './lab/open-lab.ts'

export interface StoppedTabs {
  /** The browser freezes a tab in the background; resolves with the number of times that it stood still. */
  freeze(random: Random): Promise<number>
  /** A tab is frozen while the shopper takes consent back in another one. */
  withdraw(random: Random): Promise<number>
  /** The process of a tab dies. */
  kill(random: Random): Promise<number>
  close(): Promise<void>
}

/**
 * Tabs that the browser itself stops, at a random moment of starting or of writing. Playwright has all pages shown, and what is
 * shown is not frozen: this browser is driven by Puppeteer.
 */
export async function openStoppedTabs(): Promise<StoppedTabs> {
  const shop = await openFaultShop({ files: await labFiles() })
  return {
    freeze: (random) => beside(shop, (tabs) => freeze(tabs, between(random, 0, 400))),
    withdraw: (random) => beside(shop, (tabs) => withdraw(tabs, between(random, 0, 400))),
    kill: (random) => beside(shop, (tabs) => kill(tabs, between(random, 0, 400))),
    close: () => shop.close(),
  }
}

interface TwoTabs {
  /** The one that is to be stopped: it never ceases to write. */
  readonly writing: Page
  /** What the first tab was told of as on disk. */
  readonly acknowledged: readonly string[]
  /** The one in front, in which the shopper goes on. */
  readonly front: Page
}

/** In a browser of their own, as what is kept is the whole browser's. */
async function beside(shop: FaultShop, work: (tabs: TwoTabs) => Promise<number>): Promise<number> {
  const browser = await launch({ executablePath: ensureChromium(), args: chromiumFlags })
  try {
    const thrown: string[] = []
    const open = async () => {
      const page = await browser.newPage()
      page.on('pageerror', (error) => thrown.push(String(error)))
      await page.goto(`${shop.server.url}lab.html`)
      await page.waitForFunction(() => 'lab' in globalThis)
      return page
    }
    const writing = await open()
    const acknowledged: string[] = []
    await writing.exposeFunction('acknowledge', (item: string) => void acknowledged.push(item))
    const front = await open()
    await front.bringToFront()
    await writing.waitForFunction(() => document.visibilityState === 'hidden', { polling: 50 })
    await writing.evaluate(writeForEver)
    const seen = await work({ writing, acknowledged, front })
    if (thrown.length > 0) throw new Error(`not caught: ${thrown[0]}`)
    return seen
  } finally {
    await browser.close()
  }
}

async function freeze({ writing, acknowledged, front }: TwoTabs, delay: number): Promise<number> {
  await pause(delay)
  const stood = await whileFrozen(writing, async () => check(await front.evaluate(shop)))
  await writing.evaluate(() => void (globalThis.letGo = true))
  await checkLater(front, acknowledged)
  const missing = await writing.evaluate(catchUp, ['during', 'later'])
  if (missing.length > 0) throw new Error(`thawed, the tab does not know of ${missing.join()}`)
  return stood
}

async function withdraw({ writing, front }: TwoTabs, delay: number): Promise<number> {
  await front.evaluate(shop)
  await pause(delay)
  const stood = await whileFrozen(writing, async () => {
    const code = await front.evaluate(async () => {
      const settled = await globalThis.lab.outcome(globalThis.lab.of('shopper').recommender.consent('denied'))
      return 'code' in settled ? settled.code : undefined
    })
    // A database that the frozen tab has open is emptied, but cannot be removed: that is told.
    if (code && !['storage-blocked', 'timeout'].includes(code)) throw new Error(`withdrawn: ${code}`)
  })
  const left = await front.evaluate(async () => {
    const names = async () => (await indexedDB.databases()).map(({ name }) => name!)
    for (let n = 0; n < 200 && (await names()).length > 0; n++) await new Promise((resolve) => setTimeout(resolve, 50))
    return names()
  })
  if (left.length > 0) throw new Error(`thawed, there is still ${left.join()}`)
  const said = await writing.evaluate(async () => {
    globalThis.letGo = true
    return globalThis.lab.of('writing').recommender.track({ kind: 'view_item', item: 'after' })
  })
  if (!('stored' in said) || said.stored !== 'memory') throw new Error(`after the withdrawal: ${JSON.stringify(said)}`)
  return stood
}

/** Freezes a tab for as long as the work takes; 1 where it did stand still. */
async function whileFrozen(tab: Page, work: () => Promise<void>): Promise<number> {
  const session = await tab.createCDPSession()
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  while (!(await tab.evaluate(() => globalThis.froze))) await pause(20)
  const before = await tab.evaluate(() => globalThis.written)
  await work()
  const stood = (await tab.evaluate(() => globalThis.written)) === before
  await session.send('Page.setWebLifecycleState', { state: 'active' })
  return stood ? 1 : 0
}

async function kill({ writing, acknowledged, front }: TwoTabs, delay: number): Promise<number> {
  await pause(delay)
  const gone = new Promise((resolve) => writing.once('error', resolve))
  const session = await writing.createCDPSession()
  session.send('Page.crash').catch(() => undefined)
  await gone
  check(await front.evaluate(shop))
  await checkLater(front, acknowledged)
  return 1
}

/** Runs in the page: opens a recommender, and tracks one event after the other until it is told to let go. */
function writeForEver(): void {
  globalThis.written = 0
  document.addEventListener('freeze', () => (globalThis.froze = true))
  const { acknowledge } = globalThis as unknown as { acknowledge(item: string): Promise<void> }
  void (async () => {
    const { recommender } = await globalThis.lab.open('writing')
    void recommender.recommend({ placement: 'for-you' })
    while (!globalThis.letGo) {
      const item = `written-${globalThis.written++}`
      const said = await recommender.track({ kind: 'view_item', item })
      if ('stored' in said && said.stored === 'disk') await acknowledge(item)
    }
  })()
}

/** Runs in the page: what a shopper does meanwhile; each call has to settle. */
async function shop() {
  const { recommender } = await globalThis.lab.open('shopper')
  const { outcome } = globalThis.lab
  const said = await recommender.track({ kind: 'view_item', item: 'during' })
  let shelf = await recommender.recommend({ placement: 'for-you' })
  // The other tab may have stopped in the middle of a download, which is waited for a while.
  for (let n = 0; n < 5 && !('items' in shelf); n++) shelf = await recommender.recommend({ placement: 'for-you' })
  return {
    said,
    shelf,
    others: await Promise.all([outcome(recommender.profile.events()), outcome(recommender.status())]),
  }
}

function check({ said, shelf, others }: Awaited<ReturnType<typeof shop>>): void {
  if (!('stored' in said)) throw new Error(`beside a stopped tab: ${said.refused}`)
  if (!('items' in shelf)) throw new Error(`no shelf: ${shelf.fallback}`)
  // Of a log that the other tab has stopped in the middle of a transaction of, nothing can be read.
  const uncoded = others.find((settled) => 'code' in settled && settled.code.startsWith('none'))
  if (uncoded) throw new Error(`not coded: ${JSON.stringify(uncoded)}`)
}

/** Everything is on disk, once: what both tabs were told of, and what is tracked now. */
async function checkLater(front: Page, acknowledged: readonly string[]): Promise<void> {
  const kept = await front.evaluate(async () => {
    const { recommender } = globalThis.lab.of('shopper')
    for (let n = 0; ; n++) {
      const said = await recommender.track({ kind: 'view_item', item: 'later' })
      if ('stored' in said && said.stored === 'disk') break
      if (n === 20) throw new Error(`later, still ${JSON.stringify(said)}`)
    }
    recommender.close()
    const { recommender: next } = await globalThis.lab.open('next', { bundle: '/none.json' })
    const items = (await next.profile.events()).map(({ item }) => item!)
    next.close()
    return items
  })
  const times = (wanted: string) => kept.filter((item) => item === wanted).length
  const wrong = [...acknowledged, 'during'].find((item) => times(item) !== 1)
  if (wrong) throw new Error(`${wrong} is on disk ${times(wrong)} times`)
  if (times('later') === 0) throw new Error('what was tracked later is not on disk')
}

/** Runs in the page: which of these items its recommender never hears of. */
async function catchUp(wanted: readonly string[]): Promise<string[]> {
  const { recommender } = globalThis.lab.of('writing')
  for (let n = 0; ; n++) {
    const known = new Set((await recommender.profile.events()).map(({ item }) => item))
    const missing = wanted.filter((item) => !known.has(item))
    if (missing.length === 0 || n === 200) return missing
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

declare global {
  /** How many events the writing tab has begun to track. */
  var written: number
  /** Whether it has been told that it is frozen. */
  var froze: boolean | undefined
}
