import type { FaultRow } from './fault-row.ts'
import { fillStorage } from './lab/fill-storage.ts'
import { openLab, type Visit } from './lab/open-lab.ts'
import { between } from '../support/seed.ts'

const mebibyte = 1 << 20

/** The origin's quota shrinks under a shopper, whose events no longer fit. */
export const quota: FaultRow = {
  id: 'quota',
  kind: 'fault',
  fault: 'the quota of the origin is 1, 5 or 20 MiB, and full',
  holds: 'nothing is acknowledged that is not there, suggestions go on, and the events go to disk when there is room',
  runs: { test: 1, ci: 10, release: 50 },

  async open() {
    const lab = await openLab()
    return {
      async run(random, n) {
        const visit = await lab.visit()
        try {
          return await fill(visit, [1, 5, 20][n % 3]! * mebibyte, between(random, 20, 400))
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

async function fill({ page, context, errors }: Visit, bytes: number, room: number): Promise<number> {
  const cdp = await context.newCDPSession(page)
  const { origin } = new URL(page.url())
  const setQuota = (quotaSize?: number) =>
    cdp.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize && { quotaSize }) })
  await setQuota(bytes)
  const result = await page.evaluate(fillStorage, room)
  if (!result.refused) return 0
  if (result.refused !== 'storage-full') throw new Error(`the reason is ${result.refused}`)
  if (!(Number(result.shown) > 0)) throw new Error(`no suggestions without room: ${result.shown}`)
  await checkKept(result.acknowledged)

  await setQuota()
  const later = await page.evaluate(async () => {
    await caches.delete('filler')
    const { recommender } = globalThis.lab.of('full')
    const said = await recommender.track({ kind: 'view_item', item: 'later' })
    const events = await recommender.profile.events()
    recommender.close()
    return { said, queries: events.map(({ item, context: about }) => item ?? about?.query ?? '') }
  })
  if (!('stored' in later.said) || later.said.stored !== 'disk') throw new Error('with room again, still not on disk')
  await checkKept(later.queries)
  const thrown = await errors()
  if (thrown.length > 0) throw new Error(`not caught: ${thrown[0]}`)
  return 1

  async function checkKept(expected: readonly string[]): Promise<void> {
    const kept = await page.evaluate(async () => {
      const { recommender } = await globalThis.lab.open('reader', { bundle: '/none.json' })
      const events = await recommender.profile.events()
      recommender.close()
      return events.map(({ item, context: about }) => item ?? about?.query ?? '')
    })
    const there = new Set(kept)
    if (there.size < kept.length) throw new Error('events doubled')
    const lost = expected.filter((query) => !there.has(query))
    if (lost.length > 0) throw new Error(`${lost.length} of ${expected.length} acknowledged events are not there`)
  }
}
