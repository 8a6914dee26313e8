import { expect, test } from 'vitest'
import { runRow, seedsPerRow } from '../faults/run-row.ts'
import { bindingLimit } from '../load/binding-limit.ts'
import { exactScores } from '../load/exact-scores.ts'

/** The rows of load that take seconds and depend on no clock; `npm run load` runs all. */
const rows = [exactScores, bindingLimit]
const seed = (Date.now() % 2000) * seedsPerRow

test.each(rows.map((row) => [row.fault, row] as const))('with %s', async (_, row) => {
  const result = await runRow(row, { runs: row.runs.test, seed })
  console.info(`${row.id}: ${result.runs} runs, ${result.seconds} s`)
  expect(result.reason).toBeUndefined()
  expect(result.failed).toBe(0)
})
