import type { FaultRow } from './fault-row.ts'
import { faultyWorker, openLab, workerState } from './lab/open-lab.ts'
import { checkLog, readLog, storageErrors, useLog } from './lab/use-log.ts'
import type { WorkerFaults } from './lab/worker-faults.ts'

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

    const use = (faults: WorkerFaults) => page.evaluate(useLog, faultyWorker(faults))
    const state = () => workerState(page)
    const closeAll = () => page.evaluate(() => globalThis.lab.of('faulty').recommender.close())

    await use({})
    const { operations } = await state()
    await closeAll()
    const kinds = storageErrors.flatMap((error) => modes.map((when) => ({ error, when })))

    return {
      all: operations * kinds.length,
      async run(_random, n) {
        await page.evaluate(() => new Promise((done) => (indexedDB.deleteDatabase('windowshop').onsuccess = done)))
        const used = await use({
          failAt: 1 + Math.floor(n / kinds.length),
          ...kinds[n % kinds.length],
        })
        const { seen, struck } = await state()
        const thrown = await visit.errors()
        await closeAll()
        const kept = await page.evaluate(readLog)
        if (thrown.length > 0) throw new Error(`${struck}, not caught: ${thrown.join(' || ')}`)
        checkLog(used, kept)
        return seen
      },
      close: () => lab.close(),
    }
  },
}
