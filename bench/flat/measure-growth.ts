import type { Browser } from 'playwright'
import { median } from '../live/percentiles.ts'
import { readResources, type Resources } from './resources.ts'
import { runRequests } from './run-requests.ts'
import { watchWorker } from './watch-worker.ts'

export interface GrowthOptions {
  /** Address of a page with the script tag. */
  readonly url: string
  /** The one that the page's tag asks for. */
  readonly scorer: string
  /** Items that requests and events speak of. */
  readonly items: readonly string[]
  /** After the warm-up. */
  readonly requests: number
  /** Before the first look: caches fill, code is compiled. */
  readonly warmUp: number
  /** Run in the worker before the first look; for the test that a leak is seen. */
  readonly sabotage?: string
  readonly say?: (line: string) => void
}

export interface Growth {
  readonly scorer: string
  readonly requests: number
  readonly filled: number
  readonly before: Resources
  readonly after: Resources
  /** By how much of itself each resource has grown; 0 for one that stays at nothing. */
  readonly growth: Readonly<Record<keyof Resources, number>>
}

/** By more than this share of itself nothing may grow. */
export const mostGrowth = 0.05
/** Until so many requests are done V8 still compiles what it finds to be used often, and keeps the code in the heap. */
export const warmUp = 30_000
const chunk = 500
/** Looks after the warm-up; the first three are compared with the last three, for a heap's size swings. */
const parts = 10

function medians(looks: readonly Resources[]): Resources {
  const names = Object.keys(looks[0]!) as (keyof Resources)[]
  return Object.fromEntries(
    names.map((name) => [name, median(looks.map((look) => look[name]))]),
  ) as unknown as Resources
}

/** Asks a real page's worker for many shelves, and compares what both hold before and after. */
export async function measureGrowth(browser: Browser, options: GrowthOptions): Promise<Growth> {
  const { url, scorer, items, requests, warmUp, sabotage, say = () => {} } = options
  const context = await browser.newContext({ locale: 'en' })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    const worker = await watchWorker(session)
    await page.goto(url)
    await within(60_000, page.evaluate(servesWhole, scorer), `${scorer} does not serve`)
    if (sabotage) await worker.evaluate(sabotage)
    let done = 0
    let filled = 0
    async function run(until: number): Promise<void> {
      while (done < until) {
        const count = Math.min(chunk, until - done)
        filled += await runRequests(page, items, done, count)
        done += count
      }
    }
    await run(warmUp)
    const looks: Resources[] = []
    for (let look = 1; look <= parts; look++) {
      await run(warmUp + Math.round((requests * look) / parts))
      looks.push(await readResources(session, worker))
      say(`${done} requests: ${Object.values(looks.at(-1)!).join(' ')}`)
    }
    const serves = await page.evaluate(readScorer)
    if (serves !== scorer) throw new Error(`in the end ${serves} served, not ${scorer}`)
    const before = medians(looks.slice(0, 3))
    const after = medians(looks.slice(-3))
    const names = Object.keys(before) as (keyof Resources)[]
    const growth = Object.fromEntries(
      names.map((name) => [name, after[name] === before[name] ? 0 : after[name] / before[name] - 1]),
    ) as Record<keyof Resources, number>
    return { scorer, requests, filled, before, after, growth }
  } finally {
    await context.close()
  }
}

async function within<T>(ms: number, work: Promise<T>, problem: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${problem} after ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** In the page: resolves when the whole table is there and this scorer serves it. */
async function servesWhole(scorer: string): Promise<void> {
  interface Seen {
    readonly coverage: number
    readonly scorer?: { readonly name: string }
  }
  for (;;) {
    const { windowshop } = globalThis as unknown as { windowshop?: (command: string) => Promise<Seen> }
    const seen = await windowshop?.('status')
    if (seen?.coverage === 1 && seen.scorer?.name === scorer) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function readScorer(): Promise<string | undefined> {
  const { windowshop } = globalThis as unknown as {
    windowshop(command: string): Promise<{ readonly scorer?: { readonly name: string } }>
  }
  return (await windowshop('status')).scorer?.name
}
