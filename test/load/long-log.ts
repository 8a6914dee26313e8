import type { FaultRow } from '../faults/fault-row.ts'
import { openLab } from '../faults/lab/open-lab.ts'
import { pageKeys } from '../../workers/event-log.ts'

declare global {
  /** Of the log on disk; or removes them. */
  var countPages: (clear?: boolean) => Promise<number>
}

const sizes = [100_000, 1_000_000]
/** Within so many milliseconds the log is read and a shelf made of it; of a million only told. */
const readyMs = [1000, Infinity]
/** Rows that are added at a time. */
const step = 100_000

/** A shopper of many years, in days. */
export const longLog: FaultRow = {
  id: 'long-log',
  kind: 'load',
  fault: 'a log of 100,000 events; of 1,000,000 before a release',
  holds:
    'ready within a second, a million in seconds; the same from its pages as from its rows, also after a removal; retention takes what is too old',
  runs: { test: 1, ci: 1, release: 'all' },

  async open() {
    const lab = await openLab()
    return {
      all: sizes.length,
      async run(_random, n) {
        const visit = await lab.visit()
        try {
          const { page } = visit
          const count = sizes[n]!
          const most = 0.95 * count
          await page.evaluate(async () => {
            globalThis.countPages = async (clear = false) => {
              const request = indexedDB.open('windowshop')
              await new Promise((resolve) => request.addEventListener('success', resolve))
              const store = request.result.transaction('pages', 'readwrite').objectStore('pages')
              if (clear) store.clear()
              const counted = store.count()
              await new Promise((resolve) => store.transaction.addEventListener('complete', resolve))
              request.result.close()
              return counted.result
            }
            const { recommender } = await globalThis.lab.open('first', { bundle: '/none.json' })
            await recommender.track({ kind: 'view_item', item: 'seed' })
            recommender.close()
          })
          // As it grows with a shopper: it is written down in pages all along.
          const now = Date.now()
          for (let from = 0; from < count; from += step) {
            const rows = { from, to: from + step, now, count }
            await page.evaluate(addRows, rows)
            await page.evaluate(writePages, Math.floor(((from + step) * 0.9) / pageKeys))
          }
          // Retention takes what is too old, and what is left is written down in pages.
          const full = Math.floor(count / pageKeys)
          const left = await page.evaluate(retain, { pages: full, events: most })
          const pages = await page.evaluate(() => globalThis.countPages())
          const opened = await page.evaluate(readShelf, { name: 'third', wanted: left })
          console.error(`  ${pages} pages; ready with ${opened.events} events after ${Math.round(opened.ms)} ms`)
          if (opened.ms > readyMs[n]!) throw new Error(`ready after ${Math.round(opened.ms)} ms`)
          if (left > most) throw new Error(`${left} events after retention`)
          const oldest = await page.evaluate(oldestDays)
          if (oldest > 91) throw new Error(`an event of ${oldest} days`)
          if (pages !== full) throw new Error(`${pages} pages`)
          // An event of the middle goes, and its page with it: the same shelf as from the rows alone.
          const gone = await page.evaluate(forget, { id: `e${count / 2}`, pages: pages - 1 })
          if (gone !== pages - 1) throw new Error(`${gone} of ${pages} pages after a removal`)
          const after = await page.evaluate(readShelf, { name: 'fifth', wanted: left - 1 })
          await page.evaluate(() => globalThis.countPages(true))
          const replay = await page.evaluate(readShelf, { name: 'sixth', wanted: left - 1 })
          console.error(`  from the rows alone after ${Math.round(replay.ms)} ms`)
          if (replay.events !== left - 1) throw new Error(`${replay.events} of ${left - 1} events`)
          if (after.shelf !== replay.shelf) throw new Error(`shows ${after.shelf}, a replay ${replay.shelf}`)
          return left
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

interface Rows {
  readonly from: number
  readonly to: number
  /** Of all of them. */
  readonly count: number
  readonly now: number
}

/** Runs in the page: adds rows to the log, evenly over 100 days: a tenth of them is older than is kept. */
async function addRows({ from, to, count, now }: Rows): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('windowshop')
    request.addEventListener('success', () => resolve(request.result))
  })
  for (let start = from; start < to; start += 10_000) {
    const tx = db.transaction('events', 'readwrite')
    for (let i = start; i < start + 10_000; i++)
      tx.objectStore('events').add({
        id: `e${i}`,
        profile: 'default',
        kind: 'view_item',
        item: `item-${i % 500}`,
        time: now - ((count - i) / count) * 100 * 86_400_000,
      })
    await new Promise((resolve) => tx.addEventListener('complete', resolve))
  }
  db.close()
}

/** Runs in the page: a visit that lasts until so many pages are written. */
async function writePages(least: number): Promise<void> {
  const { recommender } = await globalThis.lab.open('visit', { bundle: '/none.json' })
  for (let n = 0; n < 2000 && (await globalThis.countPages()) < least; n++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  recommender.close()
}

interface Kept {
  /** Pages that have to be there. */
  readonly pages: number
  /** What the log has to have fewer of. */
  readonly events: number
}

/** Runs in the page: a visit that lasts until retention has been at work and all pages are written; how many events are left. */
async function retain({ pages, events }: Kept): Promise<number> {
  const { recommender } = await globalThis.lab.open('second')
  for (let n = 0; ; n++) {
    const { storage } = await recommender.status()
    const settled = storage.events > 1 && storage.events < events && (await globalThis.countPages()) >= pages
    if (settled || n === 6000) {
      recommender.close()
      return storage.events
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

interface Forgotten {
  readonly id: string
  /** Pages that are left then. */
  readonly pages: number
}

/** Runs in the page: removes an event; how many pages are there then. The log is read anew, which may take longer than a call. */
async function forget({ id, pages }: Forgotten): Promise<number> {
  const { recommender } = await globalThis.lab.open('fourth')
  await globalThis.lab.outcome(recommender.profile.remove(id))
  for (let n = 0; n < 600 && (await globalThis.countPages()) > pages; n++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  recommender.close()
  return globalThis.countPages()
}

/** Runs in the page: the age of the oldest event on disk. */
async function oldestDays(): Promise<number> {
  const request = indexedDB.open('windowshop')
  await new Promise((resolve) => request.addEventListener('success', resolve))
  const cursor = request.result.transaction('events').objectStore('events').index('time').openKeyCursor()
  await new Promise((resolve) => cursor.addEventListener('success', resolve))
  request.result.close()
  return (Date.now() - Number(cursor.result?.key)) / 86_400_000
}

interface Asked {
  readonly name: string
  readonly wanted: number
}

/** Opens a recommender: how long it takes until the log is read and a shelf made of it, and which. */
async function readShelf({ name, wanted }: Asked): Promise<{ ms: number; events: number; shelf: string }> {
  const begin = performance.now()
  const { recommender } = await globalThis.lab.open(name)
  let events = 0
  for (let n = 0; n < 10_000 && events < wanted; n++) {
    ;({ events } = (await recommender.status()).storage)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const ask = () => recommender.recommend({ placement: 'for-you', limit: 20 })
  let answer = await ask()
  const ms = performance.now() - begin
  // The whole table scores a moment later.
  for (let n = 0; n < 500 && (await recommender.status()).coverage < 1; n++)
    await new Promise((resolve) => setTimeout(resolve, 20))
  answer = await ask()
  recommender.close()
  // Ages count from now: the list is compared, not the last digits of its scores.
  return { ms, events, shelf: 'items' in answer ? answer.items.map(({ card }) => card.id).join() : answer.fallback }
}
