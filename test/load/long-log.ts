import type { FaultRow } from '../faults/fault-row.ts'
import { openLab } from '../faults/lab/open-lab.ts'
import { pageKeys } from '../../workers/event-log.ts'

declare global {
  /** Of the log on disk; or removes them. */
  var countPages: (clear?: boolean) => Promise<number>
}

/** A shopper of many years, in days. */
export const longLog: FaultRow = {
  id: 'long-log',
  kind: 'load',
  fault: 'a log of 100,000 events',
  holds: 'read whole from its pages, also after a removal the same as from its rows; retention takes what is too old',
  runs: { test: 1, ci: 1, release: 3 },

  async open() {
    const lab = await openLab()
    return {
      async run() {
        const visit = await lab.visit()
        try {
          const { page } = visit
          const count = 100_000
          await page.evaluate(async (events) => {
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
            const db = await new Promise<IDBDatabase>((resolve) => {
              const request = indexedDB.open('windowshop')
              request.addEventListener('success', () => resolve(request.result))
            })
            const now = Date.now()
            for (let from = 0; from < events; from += 10_000) {
              const tx = db.transaction('events', 'readwrite')
              for (let i = from; i < from + 10_000; i++)
                tx.objectStore('events').add({
                  id: `e${i}`,
                  profile: 'default',
                  kind: 'view_item',
                  item: `item-${i % 500}`,
                  // A tenth is beyond the 90 days.
                  time: now - ((events - i) / events) * 100 * 86_400_000,
                })
              await new Promise((resolve) => tx.addEventListener('complete', resolve))
            }
            db.close()
          }, count)
          // Retention takes what is too old, and what is left is written down in pages.
          const full = Math.floor(count / pageKeys)
          const { left, oldest } = await page.evaluate(async (expected) => {
            const { recommender } = await globalThis.lab.open('second')
            const settled = async () => {
              const { storage } = await recommender.status()
              return storage.events > 1 && storage.events < 95_000 && (await globalThis.countPages()) >= expected
            }
            for (let n = 0; n < 600 && !(await settled()); n++) await new Promise((resolve) => setTimeout(resolve, 50))
            const log = await recommender.profile.events()
            recommender.close()
            return { left: log.length, oldest: (Date.now() - log[0]!.time) / 86_400_000 }
          }, full)
          const pages = await page.evaluate(() => globalThis.countPages())
          const opened = await page.evaluate(readShelf, { name: 'third', wanted: left })
          console.error(`  ${pages} pages; ready with ${opened.events} events after ${Math.round(opened.ms)} ms`)
          if (left > 95_000) throw new Error(`${left} events after retention`)
          if (oldest > 91) throw new Error(`an event of ${oldest} days`)
          if (pages !== full) throw new Error(`${pages} pages`)
          // An event of the middle goes, and its page with it: the same shelf as from the rows alone.
          const gone = await page.evaluate(async () => {
            const { recommender } = await globalThis.lab.open('fourth')
            const log = await recommender.profile.events()
            const removed = await recommender.profile.remove(log[50_000]!.id)
            recommender.close()
            return removed && (await globalThis.countPages())
          })
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

interface Asked {
  readonly name: string
  readonly wanted: number
}

/** Opens a recommender: how long it takes until the log is read and a shelf made of it, and which. */
async function readShelf({ name, wanted }: Asked): Promise<{ ms: number; events: number; shelf: string }> {
  const begin = performance.now()
  const { recommender } = await globalThis.lab.open(name)
  let events = 0
  for (let n = 0; n < 2000 && events < wanted; n++) {
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
