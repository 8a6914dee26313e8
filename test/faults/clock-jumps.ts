import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'
import { checkQuiet } from './lab/check-quiet.ts'
import { openLab } from './lab/open-lab.ts'

const hour = 3_600_000
const year = 365 * 24 * hour
const jumps = [hour, -hour, 10 * year, -10 * year, -24 * hour, 91 * 24 * hour]

/** The device's clock jumps, forth and back, between the events of a shopper and between visits. */
export const clockJumps: FaultRow = {
  id: 'clock-jumps',
  kind: 'fault',
  fault: 'the clock jumps by an hour, by ten years, backwards',
  holds: 'order is kept, no score is NaN, nothing expires until the new time has held for a day',
  runs: { test: 1, ci: 10, release: 60 },

  async open() {
    const lab = await openLab()
    return {
      async run(random, n) {
        const visit = await lab.visit()
        const { page } = visit
        let offset = 0
        const jump = async (ms: number) => {
          offset = ms
          await page.evaluate((by) => (globalThis.clockOffset = by), ms)
          for (const worker of page.workers()) await worker.evaluate((by) => (globalThis.faults.clock = by), ms)
        }
        try {
          await page.evaluate(() => {
            const { now } = Date
            Date.now = () => now() + (globalThis.clockOffset ?? 0)
          })
          const tracked: string[] = []
          const visits = [0, jumps[n % jumps.length]!, jumps[between(random, 0, jumps.length - 1)]!, 0]
          for (const [v, jumped] of visits.entries()) {
            const items = ['FH-1', 'FH-2'].map((name) => `${name}-${v}`)
            await page.evaluate(async () => {
              await (await globalThis.lab.open('shopper')).recommender.status()
            })
            await jump(jumped)
            const { said, shelf, events } = await page.evaluate(async (names) => {
              const { recommender } = globalThis.lab.of('shopper')
              const results = await Promise.all(names.map((item) => recommender.track({ kind: 'view_item', item })))
              const answer = await recommender.recommend({ placement: 'for-you', reasons: 100 })
              const stored = await recommender.profile.events()
              recommender.close()
              return { said: results, shelf: answer, events: stored.map(({ item }) => item ?? '') }
            }, items)
            if (said.some((result) => !('stored' in result))) throw new Error(JSON.stringify(said))
            tracked.push(...items)
            if (events.join() !== tracked.join())
              throw new Error(`at ${offset} ms: ${events.join()}, not ${tracked.join()}`)
            if (!('items' in shelf)) throw new Error(`no shelf: ${shelf.fallback}`)
            // JSON has no NaN: it is null there.
            const wrong = JSON.stringify(shelf.items).includes('null')
            if (wrong || shelf.items.some(({ score }) => !Number.isFinite(score)))
              throw new Error('a score is no number')
          }
          await checkQuiet(visit)
          return visits.filter((by) => by !== 0).length
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

declare global {
  var clockOffset: number | undefined
}
