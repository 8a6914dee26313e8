import type { FaultRow } from './fault-row.ts'
import { faultyWorker, openLab, workerState } from './lab/open-lab.ts'
import type { WorkerFaults } from './lab/worker-faults.ts'

const errors = ['QuotaExceededError', 'UnknownError', 'InvalidStateError', 'AbortError', 'TimeoutError', 'DataError']
const modes = ['now', 'late'] as const

/** Each operation on the database fails once, at once or when its transaction completes, with each error. */
export const failOperation: FaultRow = {
  id: 'fail-operation',
  kind: 'fault',
  fault: 'the Nth operation of IndexedDB fails, for every N and error',
  holds: 'what was acknowledged is there once, what was removed is gone, the rest has a code',
  runs: { test: 12, ci: 'all', release: 'all' },

  async open() {
    const lab = await openLab()
    const visit = await lab.visit()
    const { page } = visit

    /** A shopper's whole dealings with the log, the fault among them. */
    const use = (faults: WorkerFaults) =>
      page.evaluate(async (worker) => {
        const { recommender } = await globalThis.lab.open('faulty', { worker, bundle: '/none.json' })
        const { outcome } = globalThis.lab
        const { profile, track } = recommender
        const acknowledged: string[] = []
        const codes: string[] = []
        const note = async (name: string, result: Promise<unknown>) => {
          const settled = await outcome(result)
          const said = Object('value' in settled ? settled.value : settled) as Record<string, string | undefined>
          if (said['stored'] === 'disk') acknowledged.push(name)
          const code = said['code'] ?? said['refused']
          if (code) codes.push(code)
          return settled
        }
        await note('a', track({ kind: 'view_item', item: 'a' }))
        await Promise.all(['b', 'c', 'd'].map((item) => note(item, track({ kind: 'view_item', item }))))
        const listed = await note('', profile.events())
        const victim =
          'value' in listed && (listed.value as { id: string; item: string }[]).find(({ item }) => item === 'c')
        const removed = victim && (await note('', profile.remove(victim.id)))
        await note('', profile.pause())
        await note('', profile.resume())
        await note('e', track({ kind: 'view_item', item: 'e' }))
        return { acknowledged, codes, removed: removed && 'value' in removed && removed.value === true }
      }, faultyWorker(faults))
    const state = () => workerState(page)
    const closeAll = () => page.evaluate(() => globalThis.lab.of('faulty').recommender.close())

    await use({})
    const { operations } = await state()
    await closeAll()
    const kinds = errors.flatMap((error) => modes.map((when) => ({ error, when })))

    return {
      all: operations * kinds.length,
      async run(_random, n) {
        await page.evaluate(() => new Promise((done) => (indexedDB.deleteDatabase('windowshop').onsuccess = done)))
        const { acknowledged, codes, removed } = await use({
          failAt: 1 + Math.floor(n / kinds.length),
          ...kinds[n % kinds.length],
        })
        const { seen, struck } = await state()
        const thrown = await visit.errors()
        await closeAll()
        const kept = await page.evaluate(async () => {
          const { recommender } = await globalThis.lab.open('whole', { bundle: '/none.json' })
          const items = (await recommender.profile.events()).map(({ item }) => item)
          recommender.close()
          return items
        })
        const strange = codes.find((code) => !code.startsWith('storage-'))
        if (strange) throw new Error(`settled with ${strange}`)
        if (thrown.length > 0) throw new Error(`${struck}, not caught: ${thrown.join(' || ')}`)
        const expected = acknowledged.filter((item) => !(removed && item === 'c'))
        const lost = expected.find((item) => !kept.includes(item))
        if (lost) throw new Error(`${lost} was acknowledged and is lost`)
        if (removed && kept.includes('c')) throw new Error('c was removed and is there')
        if (new Set(kept).size < kept.length) throw new Error(`doubled: ${kept.join()}`)
        return seen
      },
      close: () => lab.close(),
    }
  },
}
