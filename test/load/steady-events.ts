import type { FaultRow } from '../faults/fault-row.ts'
import { openLab } from '../faults/lab/open-lab.ts'

const perSecond = 200

/** A page that tracks without a pause, and then in batches, as quickly as it is answered. */
export const steadyEvents: FaultRow = {
  id: 'steady-events',
  kind: 'load',
  fault: '200 events a second, for ten seconds in CI, a minute before a release; batches of 128',
  holds: 'each acknowledged event is there once',
  runs: { test: 1, ci: 1, release: 6 },

  async open() {
    const lab = await openLab()
    return {
      async run() {
        const visit = await lab.visit()
        try {
          const { acknowledged, stored, batched, note } = await visit.page.evaluate(
            async ({ rate, seconds }) => {
              const { recommender } = await globalThis.lab.open('shopper')
              await recommender.recommend({ placement: 'for-you' })
              const said: ReturnType<typeof recommender.track>[] = []
              const begin = performance.now()
              while (said.length < rate * seconds) {
                const due = Math.min(rate * seconds, Math.floor(((performance.now() - begin) / 1000) * rate))
                while (said.length < due)
                  said.push(recommender.track({ kind: 'view_item', item: `item-${said.length}` }))
                await new Promise((resolve) => setTimeout(resolve, 5))
              }
              const onDisk = (await Promise.all(said)).filter(
                (result) => 'stored' in result && result.stored === 'disk',
              ).length
              const batches = 20
              const from = performance.now()
              for (let b = 0; b < batches; b++)
                await Promise.all(
                  Array.from({ length: 128 }, (_, i) =>
                    recommender.track({ kind: 'view_item', item: `batch-${b}-${i}` }),
                  ),
                )
              const speed = Math.round((batches * 128) / ((performance.now() - from) / 1000))
              const events = await recommender.profile.events()
              recommender.close()
              return {
                acknowledged: onDisk,
                stored: events.length,
                batched: batches * 128,
                note: `${speed} events/s in batches`,
              }
            },
            { rate: perSecond, seconds: 10 },
          )
          console.error(`  ${note}`)
          if (acknowledged !== perSecond * 10) throw new Error(`${acknowledged} of ${perSecond * 10} acknowledged`)
          if (stored !== acknowledged + batched)
            throw new Error(`${stored} stored, ${acknowledged + batched} acknowledged`)
          return stored
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}
