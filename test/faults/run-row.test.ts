import { expect, test } from 'vitest'
import type { FaultRow, OpenRow } from './fault-row.ts'
import { runRow, seedsPerRow } from './run-row.ts'

const row = (opened: Partial<OpenRow>): FaultRow => ({
  id: 'made-up',
  kind: 'fault',
  fault: 'nothing',
  holds: 'everything',
  runs: { test: 1, ci: 1, release: 1 },
  open: async () => ({ run: () => 1, ...opened }),
})

test('a run that never saw its fault has failed', async () => {
  const result = await runRow(row({ run: (_random, n) => (n === 2 ? 0 : 3) }), { runs: 4, seed: 5 * seedsPerRow })
  expect(result).toMatchObject({ runs: 4, failed: 1, seed: 5 * seedsPerRow + 2, injected: 9 })
  expect(result.reason).toBe('the fault never took effect')
})

test('the seed of a failure runs that very case again, with the same numbers', async () => {
  const drawn: [number, number][] = []
  const failing = row({
    all: 100,
    run(random, n) {
      drawn.push([n, random()])
      if (n === 40) throw new Error('broken')
      return 1
    },
  })
  const { seed, runs } = await runRow(failing, { runs: 10, seed: 0 })
  expect(runs).toBe(10)
  expect(drawn.map(([n]) => n)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
  const before = drawn.find(([n]) => n === 40)
  await runRow(failing, { runs: 1, seed: seed! })
  expect(drawn.at(-1)).toEqual(before)
})

test('a row that cannot be opened has failed, and what it opened is closed', async () => {
  let closed = 0
  const close = async () => void closed++
  expect(await runRow(row({ close }), { runs: 3, seed: 1 })).toMatchObject({ runs: 3, failed: 0, seed: null })
  expect(closed).toBe(1)
  const broken: FaultRow = { ...row({}), open: () => Promise.reject(new Error('no browser')) }
  expect(await runRow(broken, { runs: 3, seed: 1 })).toMatchObject({ failed: 1, seed: 1, reason: 'no browser' })
})

test('`all` runs every case once, and a share of them at least one', async () => {
  expect(await runRow(row({ all: 7 }), { runs: 'all', seed: 0 })).toMatchObject({ runs: 7, failed: 0 })
  expect(await runRow(row({ all: 7 }), { runs: 'all', share: 0, seed: 0 })).toMatchObject({ runs: 1, failed: 0 })
  expect(await runRow(row({}), { runs: 'all', seed: 0 })).toMatchObject({ failed: 1 })
})
