import type { FaultRow } from './fault-row.ts'
import { checkQuiet } from './lab/check-quiet.ts'
import { openLab } from './lab/open-lab.ts'

/** The browser clears what the origin has stored while a page of it is open. */
export const wipeWhileOpen: FaultRow = {
  id: 'wipe-while-open',
  kind: 'fault',
  fault: 'the data of the origin are cleared while a page is open',
  holds: 'the next event is on disk, the shelf stays, nothing of before comes back',
  runs: { test: 1, ci: 10, release: 50 },

  async open() {
    const lab = await openLab()
    return {
      async run(_random, n) {
        const visit = await lab.visit()
        try {
          const { page, context } = visit
          await page.evaluate(async () => {
            const { recommender } = await globalThis.lab.open('shopper')
            await recommender.recommend({ placement: 'for-you' })
            await recommender.track({ kind: 'view_item', item: 'before' })
          })
          const cdp = await context.newCDPSession(page)
          const { origin } = new URL(page.url())
          const storageTypes = ['indexeddb', 'indexeddb,cache_storage', 'all'][n % 3]!
          // Half of the times in the middle of a write.
          const writing =
            n % 2
              ? page.evaluate(() => globalThis.lab.of('shopper').recommender.track({ kind: 'view_item', item: 'amid' }))
              : undefined
          await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes })
          await writing
          const after = await page.evaluate(async () => {
            const gone = !(await indexedDB.databases()).some(({ name }) => name === 'windowshop')
            const { recommender } = globalThis.lab.of('shopper')
            const said = await recommender.track({ kind: 'view_item', item: 'after' })
            const answer = await recommender.recommend({ placement: 'for-you' })
            recommender.close()
            const { recommender: next } = await globalThis.lab.open('next')
            const items = (await next.profile.events()).map(({ item }) => item)
            next.close()
            return { gone, said, shown: 'items' in answer ? answer.items.length : 0, items }
          })
          await checkQuiet(visit)
          if (!('stored' in after.said) || after.said.stored !== 'disk')
            throw new Error(`after it: ${JSON.stringify(after.said)}`)
          if (after.shown === 0) throw new Error('no suggestions')
          if (after.items.includes('before')) throw new Error('what was cleared has come back')
          if (!after.items.includes('after')) throw new Error('the event after it is lost')
          return after.gone || writing ? 1 : 0
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}
