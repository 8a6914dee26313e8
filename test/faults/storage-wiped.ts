import type { FaultRow } from './fault-row.ts'
import { checkQuiet } from './lab/check-quiet.ts'
import { openLab } from './lab/open-lab.ts'

/** Between two visits the browser has forgotten the shop, as Safari does after seven days. */
export const storageWiped: FaultRow = {
  id: 'storage-wiped',
  kind: 'fault',
  fault: 'the browser wipes all storage between visits',
  holds: 'a first visit, without an error',
  runs: { test: 1, ci: 10, release: 50 },

  async open() {
    const lab = await openLab()
    return {
      async run() {
        const visit = await lab.visit()
        try {
          const { page, context } = visit
          const shelf = () =>
            page.evaluate(async () => {
              const { recommender } = await globalThis.lab.open('shopper')
              const answer = await recommender.recommend({ placement: 'for-you' })
              const events = await recommender.profile.events()
              const { storage, problem } = await recommender.status()
              return {
                ids: 'items' in answer ? answer.items.map(({ card }) => card.id).join() : answer.fallback,
                events: events.length,
                storage: storage.kind,
                problem: problem?.code,
              }
            })
          const leave = () => page.evaluate(() => globalThis.lab.of('shopper').recommender.close())
          const first = await shelf()
          const known = first.ids.split(',')
          await page.evaluate(
            async (ids) => {
              const { recommender } = globalThis.lab.of('shopper')
              for (const item of ids) await recommender.track({ kind: 'add_to_cart', item })
            },
            known.slice(0, 3),
          )
          await leave()
          const before = await page.evaluate(
            async () => (await indexedDB.databases()).length + (await caches.keys()).length,
          )
          const cdp = await context.newCDPSession(page)
          await cdp.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'all' })
          const after = await page.evaluate(
            async () => (await indexedDB.databases()).length + (await caches.keys()).length,
          )
          const again = await shelf()
          await leave()
          if (JSON.stringify(again) !== JSON.stringify({ ...first, problem: undefined }))
            throw new Error(`${JSON.stringify(again)}, at first ${JSON.stringify(first)}`)
          await checkQuiet(visit)
          return before > 0 && after === 0 ? 1 : 0
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}
