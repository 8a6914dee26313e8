import type { FaultRow } from '../faults/fault-row.ts'
import { openLab } from '../faults/lab/open-lab.ts'

/** A shopper of many years, in days. */
export const longLog: FaultRow = {
  id: 'long-log',
  kind: 'load',
  fault: 'a log of 100,000 events',
  holds: 'read whole, a shelf within the deadline; retention takes what is too old',
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
          const { ms, shown, left, oldest } = await page.evaluate(async () => {
            const begin = performance.now()
            const { recommender } = await globalThis.lab.open('next')
            const answer = await recommender.recommend({ placement: 'trending' })
            const took = performance.now() - begin
            let events = 0
            for (let n = 0; n < 300; n++) {
              const { storage } = await recommender.status()
              events = storage.events
              if (events > 1 && events < 95_000) break
              await new Promise((resolve) => setTimeout(resolve, 50))
            }
            const log = await recommender.profile.events()
            recommender.close()
            return {
              ms: took,
              shown: 'items' in answer,
              left: events,
              oldest: (Date.now() - log[0]!.time) / 86_400_000,
            }
          })
          console.error(`  first shelf after ${Math.round(ms)} ms`)
          if (!shown) throw new Error('no shelf')
          if (left > 95_000) throw new Error(`${left} events after retention`)
          if (oldest > 91) throw new Error(`an event of ${oldest} days`)
          return left
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}
