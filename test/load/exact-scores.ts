import { allocateTable } from '../../src/scoring/allocate-table.ts'
import { createBitmask } from '../../src/core/bitmask.ts'
import { normal } from '../../src/core/random.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import { createWasmScorer } from '../../src/scoring/wasm-scorer.ts'
import type { FaultRow } from '../faults/fault-row.ts'
import { oracle } from '../scoring/oracle.ts'
import { openGpuPage } from './lab/open-gpu-page.ts'

const sizes = [1000, 10_000, 100_000]
const dims = [32, 64, 128]

/** Tables from small to large on each scorer, against a float64 product over the same numbers. */
export const exactScores: FaultRow = {
  id: 'exact-scores',
  kind: 'load',
  fault: '1,000 to 1,000,000 items of 32, 64, 128 dimensions',
  holds: 'the top 20 and their scores are those of a float64 product',
  runs: { test: 2, ci: 'all', release: 'all' },

  async open() {
    const page = await openGpuPage()
    const cases = [...sizes, 1_000_000].flatMap((items) => dims.map((width) => ({ items, width })))
    return {
      all: cases.length,
      async run(random, n) {
        const { items, width } = cases[n]!
        const table = allocateTable(items, [width])
        for (let i = 0; i < table.rows.length; i++) table.rows[i] = Math.round(254 * random() - 127)
        for (let i = 0; i < items; i++) table.scales[i] = (1 + random()) / 256
        const query = {
          vector: Float64Array.from({ length: width }, () => normal(random)),
          mask: createBitmask(items),
          k: 20,
        }
        const expected = oracle(table, query)
        for (const create of [createPlainScorer, createWasmScorer]) {
          const scorer = create(table)
          const [got] = await scorer.topK([query])
          scorer.close()
          if (JSON.stringify([...got!.rows]) !== JSON.stringify([...expected.rows]))
            throw new Error(`${scorer.name}: other rows at ${items} x ${width}`)
          if (got!.scores.some((score, i) => score !== expected.scores[i]))
            throw new Error(`${scorer.name}: other scores at ${items} x ${width}`)
        }
        await page.score({ items, dims: width, seed: n + 1 })
        return items
      },
      close: () => page.close(),
    }
  },
}
