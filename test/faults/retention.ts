import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'
import { openLab } from './lab/open-lab.ts'

const day = 86_400_000
const days = 90

/** A shopper who comes back day after day: what is older than the retention has to go. */
export const retention: FaultRow = {
  id: 'retention',
  kind: 'privacy',
  fault: 'events come to the end of their 90 days',
  holds: 'gone at most a day later; younger ones stay',
  runs: { test: 1, ci: 10, release: 50 },

  async open() {
    const lab = await openLab()
    return {
      async run(random) {
        const visit = await lab.visit()
        try {
          const { page } = visit
          const now = Date.now()
          const ages = Array.from({ length: 40 }, () => between(random, 0, 95 * 24) / 24)
          let gone = 0
          const visits = [0, 0.9, 1.8, 2.7, 3.6]
          for (const [v, later] of visits.entries()) {
            const left = await page.evaluate(
              async ({ first, log, ahead }) => {
                const { recommender } = await globalThis.lab.open('shopper', { bundle: '/none.json' })
                await recommender.status()
                // The worker's clock is the device's: the log is moved into the past instead.
                if (first) await recommender.profile.import(log)
                else
                  await new Promise<void>((resolve, reject) => {
                    const request = indexedDB.open('windowshop')
                    request.addEventListener('success', () => {
                      const db = request.result
                      const tx = db.transaction(['events', 'meta'], 'readwrite')
                      const cursorRequest = tx.objectStore('events').openCursor()
                      cursorRequest.addEventListener('success', () => {
                        const cursor = cursorRequest.result
                        if (!cursor) return
                        const value = cursor.value as { time: number }
                        cursor.update({ ...value, time: value.time - ahead })
                        cursor.continue()
                      })
                      const meta = tx.objectStore('meta')
                      const clock = meta.get('clock')
                      clock.addEventListener('success', () => {
                        const { trusted } = clock.result as { trusted: number }
                        meta.put({ trusted: trusted - ahead }, 'clock')
                      })
                      meta.put(Math.random(), 'revision')
                      tx.addEventListener('complete', () => {
                        db.close()
                        resolve()
                      })
                      tx.addEventListener('abort', () => reject(tx.error!))
                    })
                  })
                recommender.close()
                const { recommender: next } = await globalThis.lab.open('next', { bundle: '/none.json' })
                await next.profile.events()
                await next.track({ kind: 'view_item', item: 'today' })
                const times = (await next.profile.events())
                  .filter(({ item }) => item !== 'today')
                  .map(({ time }) => time)
                next.close()
                return times
              },
              { first: v === 0, log: exportedLog(ages.map((age) => now - age * day)), ahead: 0.9 * day },
            )
            const oldest = Math.max(0, ...left.map((time) => (Date.now() - time) / day))
            if (oldest > days + 1) throw new Error(`an event of ${oldest.toFixed(1)} days is there`)
            const young = ages.filter((age) => age + later < days - 0.01).length
            if (left.length < young) throw new Error(`${young - left.length} events of less than ${days} days are gone`)
            gone = ages.length - left.length
          }
          return gone
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

function exportedLog(times: readonly number[]): string {
  const events = times.map((time, i) => ({ id: `e${i}`, time: Math.floor(time), kind: 'view_item', item: `item-${i}` }))
  return JSON.stringify({ format: 'windowshop-log/1', events })
}
