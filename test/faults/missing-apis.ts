import type { FaultRow } from './fault-row.ts'
import { faultyWorker, openLab, workerState } from './lab/open-lab.ts'

const names = ['indexedDB', 'caches', 'Worker', 'subtle'] as const
const states = ['there', 'absent', 'throwing'] as const

/** Every combination of the four, but for the one in which all are there; those that lack one come first. */
const cases = Array.from({ length: states.length ** names.length - 1 }, (_, n) =>
  names.map((name, i) => `${name}:${states[Math.floor((n + 1) / states.length ** i) % states.length]}`),
).sort((a, b) => lacks(a).length - lacks(b).length)

function lacks(combination: readonly string[]): string[] {
  return combination.filter((lack) => !lack.endsWith(':there'))
}

/** A browser, or a policy of one, without the parts that Windowshop stands on. */
export const missingApis: FaultRow = {
  id: 'missing-apis',
  kind: 'fault',
  fault: 'IndexedDB, Cache Storage, Worker, crypto.subtle absent or throwing, in every combination',
  holds: 'a shelf or a coded fallback; every call settles, nothing is thrown into the page',
  runs: { test: 8, ci: 'all', release: 'all' },

  async open() {
    const lab = await openLab()
    const visit = await lab.visit()
    const { page } = visit
    return {
      all: cases.length,
      async run(_random, n) {
        const lacking = lacks(cases[n]!)
        const inWorker = lacking.filter((lack) => !lack.startsWith('Worker')).join()
        const noWorker = lacking.find((lack) => lack.startsWith('Worker'))
        const result = await page.evaluate(
          async ({ worker, missing }) => {
            const { Worker } = globalThis
            let seen = 0
            const get = () => {
              seen++
              if (missing?.endsWith('throwing')) throw new DOMException('injected', 'SecurityError')
              return undefined
            }
            if (missing) Object.defineProperty(globalThis, 'Worker', { configurable: true, get })
            const { recommender } = await globalThis.lab.open('shopper', { worker })
            const { outcome } = globalThis.lab
            const said = await recommender.track({ kind: 'view_item', item: 'x' })
            const shelf = await recommender.recommend({ placement: 'for-you' })
            const others = await Promise.all([
              outcome(recommender.profile.events()),
              outcome(recommender.status()),
              outcome(recommender.profile.erase()),
              outcome(recommender.consent('denied')),
            ])
            Object.defineProperty(globalThis, 'Worker', { configurable: true, writable: true, value: Worker })
            return { said, shelf, others, seen }
          },
          { worker: faultyWorker({ lacks: inWorker }), missing: noWorker },
        )
        const seen = result.seen + (noWorker ? 0 : (await workerState(page)).seen)
        const thrown = await visit.errors()
        await page.evaluate(() => globalThis.lab.of('shopper').recommender.close())
        if (thrown.length > 0) throw new Error(`${lacking.join()}, not caught: ${thrown[0]}`)
        const { said, shelf, others } = result
        const uncoded = others.find((settled) => 'code' in settled && settled.code.startsWith('none'))
        if (uncoded) throw new Error(`${lacking.join()}: ${JSON.stringify(uncoded)}`)
        if (!('stored' in said) && !said.refused) throw new Error(`${lacking.join()}: ${JSON.stringify(said)}`)
        if ('stored' in said && said.stored === 'disk' && inWorker.includes('indexedDB'))
          throw new Error('on a disk that is not there')
        const noShelf = !('items' in shelf)
        if (noShelf && !noWorker && !inWorker.includes('subtle'))
          throw new Error(`${lacking.join()}: no shelf, ${shelf.fallback}`)
        if (noShelf && !shelf.fallback) throw new Error(`${lacking.join()}: neither shelf nor reason`)
        return seen
      },
      close: () => lab.close(),
    }
  },
}
