import type { FaultRow } from '../faults/fault-row.ts'
import { openLab } from '../faults/lab/open-lab.ts'

const perSecond = 200
/** How long at that rate. */
const seconds = [60, 600]
/** Events a second that have to be acknowledged, where nothing is to be waited for but the answer. */
const least = { single: 300, batches: 2000 }

/** A page that tracks without a pause, and then as quickly as it is answered. */
export const steadyEvents: FaultRow = {
  id: 'steady-events',
  kind: 'load',
  fault:
    '200 events a second for a minute, before a release for ten more; then one after the other, and in batches of 128',
  holds: 'each is on disk, once; at least 300 a second one by one, 2,000 in batches',
  runs: { test: 1, ci: 1, release: 'all' },

  async open() {
    const lab = await openLab()
    return {
      all: seconds.length,
      async run(_random, n) {
        const visit = await lab.visit()
        try {
          const { sent, acknowledged, stored, speed } = await visit.page.evaluate(trackSteadily, {
            rate: perSecond,
            seconds: seconds[n]!,
          })
          console.error(
            `  events a second: ${Math.round(speed.single)} one by one, ${Math.round(speed.batches)} in batches`,
          )
          if (acknowledged !== sent) throw new Error(`${acknowledged} of ${sent} acknowledged as on disk`)
          if (stored !== acknowledged) throw new Error(`${stored} stored, ${acknowledged} acknowledged`)
          for (const how of ['single', 'batches'] as const)
            if (speed[how] < least[how]) throw new Error(`${how}: ${speed[how]} events a second, not ${least[how]}`)
          return stored
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

/** Runs in the page. */
async function trackSteadily({ rate, seconds: long }: { readonly rate: number; readonly seconds: number }) {
  const { recommender } = await globalThis.lab.open('shopper')
  await recommender.recommend({ placement: 'for-you' })
  let sent = 0
  let acknowledged = 0
  const track = async () => {
    const said = await recommender.track({ kind: 'view_item', item: `item-${sent++}` })
    if ('stored' in said && said.stored === 'disk') acknowledged++
  }
  const perSecondOf = async (count: number, work: () => Promise<void>) => {
    const begin = performance.now()
    await work()
    return count / ((performance.now() - begin) / 1000)
  }
  const steady: Promise<void>[] = []
  const begin = performance.now()
  while (steady.length < rate * long) {
    const due = Math.min(rate * long, Math.floor(((performance.now() - begin) / 1000) * rate))
    while (steady.length < due) steady.push(track())
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await Promise.all(steady)
  const single = await perSecondOf(1000, async () => {
    for (let n = 0; n < 1000; n++) await track()
  })
  const batches = await perSecondOf(20 * 128, async () => {
    for (let n = 0; n < 20; n++) await Promise.all(Array.from({ length: 128 }, track))
  })
  const stored = (await recommender.profile.events()).length
  recommender.close()
  return { sent, acknowledged, stored, speed: { single, batches } }
}
