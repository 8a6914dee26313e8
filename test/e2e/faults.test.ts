import { expect, test } from 'vitest'
import { faultRows } from '../faults/rows.ts'
import { runRow, seedsPerRow } from '../faults/run-row.ts'

const seed = (Date.now() % 2000) * seedsPerRow

test.each(faultRows.map((row) => [row.fault, row] as const))('when %s', async (_, row) => {
  const result = await runRow(row, { runs: row.runs.test, seed })
  console.info(`${row.id}: ${result.runs} runs, the fault took effect ${result.injected} times, ${result.seconds} s`)
  // The reason first: it is what a report shows.
  expect(result.reason).toBeUndefined()
  expect(result.failed).toBe(0)
})
