import type { FaultRow } from './fault-row.ts'
import { holdOldSchema, letGoOfOldSchema } from './lab/hold-old-schema.ts'
import { faultyWorker, newestWorker, workerState, type Visit } from './lab/open-lab.ts'
import { openVisits } from './lab/open-visits.ts'
import { openStoppedTabs } from './stopped-tab.ts'

/** Another tab of the shop is in the way, and then no longer. */
export const otherTab: FaultRow = {
  id: 'other-tab',
  kind: 'fault',
  fault: 'another tab holds the old schema, holds a transaction, stands still, is frozen by the browser, or dies',
  holds:
    'every call settles, what was acknowledged is there, all of it is on disk when the tab lets go; after a withdrawal nothing is',
  runs: { test: 6, ci: 30, release: 120 },

  async open() {
    const ways = [oldSchema, heldTransaction, standing]
    const visits = await openVisits(ways)
    const stopped = await openStoppedTabs()
    const stops = [stopped.freeze, stopped.kill, stopped.withdraw]
    const all = ways.length + stops.length
    return {
      run(random, n) {
        const way = n % all
        return stops[way - ways.length]?.(random) ?? visits.run(random, way)
      },
      async close() {
        await visits.close?.()
        await stopped.close()
      },
    }
  },
}

/** What a shopper does meanwhile; each call has to settle. */
async function shop({ page }: Visit, worker: string) {
  return page.evaluate(async (address) => {
    const { recommender } = await globalThis.lab.open('shopper', { worker: address })
    const { outcome } = globalThis.lab
    return {
      said: await recommender.track({ kind: 'view_item', item: 'during' }),
      shelf: await recommender.recommend({ placement: 'for-you' }),
      events: await outcome(recommender.profile.events()),
      status: await outcome(recommender.status()),
    }
  }, worker)
}

async function checkLater({ page }: Visit, expected: readonly string[]): Promise<void> {
  const items = await page.evaluate(async () => {
    const { recommender } = globalThis.lab.of('shopper')
    const said = await recommender.track({ kind: 'view_item', item: 'later' })
    if (!('stored' in said) || said.stored !== 'disk') throw new Error(`later, still ${JSON.stringify(said)}`)
    recommender.close()
    const { recommender: next } = await globalThis.lab.open('next')
    const stored = await next.profile.events()
    next.close()
    return stored.map(({ item }) => item)
  })
  const wanted = [...expected, 'during', 'later']
  if (sorted(items) !== sorted(wanted)) throw new Error(`on disk ${items.join()}, not ${wanted.join()}`)
}

const sorted = (items: readonly unknown[]) => items.map(String).sort().join()

/** A tab with the older build, which does not let go of the database when it is asked to. */
async function oldSchema(visit: Visit): Promise<number> {
  const tab = await visit.tab()
  await tab.evaluate(holdOldSchema)
  const { said, shelf, status } = await shop(visit, faultyWorker({ newer: 1 }))
  if (!('stored' in said) || said.stored !== 'memory') throw new Error(`blocked, yet ${JSON.stringify(said)}`)
  if (!('items' in shelf)) throw new Error(`no shelf: ${shelf.fallback}`)
  const reason = 'value' in status ? status.value.storage.reason : status.code
  if (reason !== 'storage-blocked') throw new Error(`the reason is ${reason}`)
  const { seen } = await workerState(visit.page)
  await tab.evaluate(letGoOfOldSchema)
  const items = await visit.page.evaluate(async () => {
    const { recommender } = globalThis.lab.of('shopper')
    for (let n = 0; n < 20; n++) {
      const later = await recommender.track({ kind: 'view_item', item: `later-${n}` })
      if ('stored' in later && later.stored === 'disk') break
    }
    return (await recommender.profile.events()).map(({ item }) => item)
  })
  if (!items.includes('before') || !items.includes('during')) throw new Error(`after the upgrade: ${items.join()}`)
  return seen
}

/** A tab that keeps a transaction on the events alive. */
async function heldTransaction(visit: Visit): Promise<number> {
  const tab = await visit.tab()
  await tab.evaluate(async () => {
    const { recommender } = await globalThis.lab.open('other', { bundle: '/none.json' })
    await recommender.track({ kind: 'view_item', item: 'before' })
    recommender.close()
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('windowshop')
      request.addEventListener('success', () => resolve(request.result))
    })
    db.addEventListener('versionchange', () => db.close())
    const store = db.transaction(['events', 'meta'], 'readwrite').objectStore('events')
    const spin = () => {
      globalThis.spins = (globalThis.spins ?? 0) + 1
      const request = store.count()
      request.addEventListener('success', () => {
        if (globalThis.letGo) db.close()
        else spin()
      })
    }
    spin()
  })
  const { said, shelf } = await shop(visit, faultyWorker())
  if (!('stored' in said) || said.stored !== 'memory') throw new Error(`held up, yet ${JSON.stringify(said)}`)
  if (!('items' in shelf)) throw new Error(`no shelf: ${shelf.fallback}`)
  const spins = await tab.evaluate(() => {
    globalThis.letGo = true
    return globalThis.spins ?? 0
  })
  await checkLater(visit, ['before'])
  return spins
}

const standingMs = 4000

/** A tab whose worker stands still with its connection open. */
async function standing(visit: Visit): Promise<number> {
  const tab = await visit.tab()
  await tab.evaluate(async () => {
    const { recommender } = await globalThis.lab.open('other', { bundle: '/none.json' })
    await recommender.track({ kind: 'view_item', item: 'before' })
  })
  const still = newestWorker(tab).evaluate((ms) => {
    const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
    return Atomics.wait(new Int32Array(buffer), 0, 0, ms)
  }, standingMs)
  const { said, shelf } = await shop(visit, faultyWorker())
  if (!('stored' in said) || said.stored !== 'disk')
    throw new Error(`beside a tab that stands still: ${JSON.stringify(said)}`)
  if (!('items' in shelf)) throw new Error(`no shelf: ${shelf.fallback}`)
  await checkLater(visit, ['before'])
  const ended = await still
  const items = await tab.evaluate(async () => {
    const { recommender } = globalThis.lab.of('other')
    for (let n = 0; n < 100 && (await recommender.profile.events()).length < 3; n++)
      await new Promise((resolve) => setTimeout(resolve, 20))
    return (await recommender.profile.events()).map(({ item }) => item)
  })
  if (items.join() !== 'before,during,later') throw new Error(`going on, the tab knows ${items.join()}`)
  return ended === 'timed-out' ? 1 : 0
}

declare global {
  var spins: number | undefined
  var letGo: boolean | undefined
}
