import type { FaultRow } from './fault-row.ts'
import { newestWorker, openLab, type Visit } from './lab/open-lab.ts'

const ways = ['terminate', 'endless loop', 'out of memory'] as const

/** The worker dies or hangs with calls under way. */
export const workerLost: FaultRow = {
  id: 'worker-lost',
  kind: 'fault',
  fault: 'the worker is terminated, loops for ever, or runs out of memory',
  holds: 'every call settles, another worker (or the reloaded page) serves from the log, nothing is lost or doubled',
  runs: { test: 3, ci: 30, release: 90 },

  async open() {
    const lab = await openLab({ args: ['--js-flags=--max-old-space-size=48'] })
    return {
      async run(_random, n) {
        const visit = await lab.visit()
        try {
          return await lose(visit, ways[n % ways.length]!)
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

async function lose(visit: Visit, way: (typeof ways)[number]): Promise<number> {
  const { page } = visit
  await page.evaluate(async () => {
    const { recommender } = await globalThis.lab.open('shopper')
    await recommender.recommend({ placement: 'for-you' })
    await recommender.track({ kind: 'view_item', item: 'before' })
  })
  if (way === 'out of memory') return crash(visit)
  if (way === 'terminate') await page.evaluate(() => globalThis.lab.of('shopper').killWorker())
  else
    newestWorker(page)
      .evaluate(way === 'endless loop' ? loop : hoard)
      .catch(() => undefined)
  if (way === 'endless loop') await page.waitForTimeout(50)
  const during = await page.evaluate(async () => {
    const { recommender } = globalThis.lab.of('shopper')
    const begin = performance.now()
    const [said, shelf, events] = await Promise.all([
      recommender.track({ kind: 'view_item', item: 'during' }),
      recommender.recommend({ placement: 'for-you' }),
      globalThis.lab.outcome(recommender.profile.events()),
    ])
    return { said, shelf, events, ms: performance.now() - begin }
  })
  const after = await page.evaluate(async () => {
    const { recommender, starts } = globalThis.lab.of('shopper')
    const shelf = await recommender.recommend({ placement: 'for-you' })
    const said = await recommender.track({ kind: 'view_item', item: 'after' })
    const items = (await recommender.profile.events()).map(({ item }) => item)
    const workers = starts()
    recommender.close()
    return { shelf, said, items, workers }
  })
  const thrown = await visit.errors()
  if (thrown.length > 0) throw new Error(`${way}, not caught: ${thrown[0]}`)
  if (!('items' in after.shelf)) throw new Error(`${way}: no shelf afterwards: ${after.shelf.fallback}`)
  if (!('stored' in after.said) || after.said.stored !== 'disk')
    throw new Error(`${way}: ${JSON.stringify(after.said)}`)
  const count = (wanted: string) => after.items.filter((item) => item === wanted).length
  if (count('before') !== 1 || count('after') !== 1) throw new Error(`${way}: the log holds ${after.items.join()}`)
  const duringCount = count('during')
  if (duringCount > 1 || ('stored' in during.said && duringCount !== 1))
    throw new Error(`${way}: ${JSON.stringify(during.said)}, and ${duringCount} in the log`)
  return after.workers - 1
}

/** Chromium takes the whole page down with a worker that has no memory left: what counts is the next page. */
async function crash(visit: Visit): Promise<number> {
  const crashed = visit.page.waitForEvent('crash', { timeout: 60_000 })
  newestWorker(visit.page)
    .evaluate(hoard)
    .catch(() => undefined)
  await crashed
  const page = await visit.tab()
  const { items, shelf } = await page.evaluate(async () => {
    const { recommender } = await globalThis.lab.open('next')
    const shelf = await recommender.recommend({ placement: 'for-you' })
    return { shelf, items: (await recommender.profile.events()).map(({ item }) => item) }
  })
  if (!('items' in shelf)) throw new Error(`no shelf after the crash: ${shelf.fallback}`)
  if (items.join() !== 'before') throw new Error(`after the crash the log holds ${items.join()}`)
  return 1
}

function loop(): void {
  for (;;);
}

function hoard(): void {
  const kept: string[] = []
  for (let i = 0; ; i++) kept.push(`x${i}${'y'.repeat(20)}${i}`)
}
