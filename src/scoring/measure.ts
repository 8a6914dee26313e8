import { type ItemTable, totalDims } from '../bundle/item-table.ts'
import { createBitmask } from '../core/bitmask.ts'
import { createRandom, normal } from '../core/random.ts'
import type { Scorer } from './scorer.ts'

/** Milliseconds of one request, with everything that a request does. */
export interface Timing {
  readonly median: number
  readonly p95: number
}

const MAX_RUNS = 40
const MIN_RUNS = 5
const BUDGET_MS = 40

/** Scores a few random queries on the real table: about 40 ms, and at least five requests after two to warm up. */
export async function measure(scorer: Scorer, table: ItemTable): Promise<Timing> {
  const random = createRandom(3)
  const mask = createBitmask(table.items)
  const bias = new Float32Array(table.items)
  const times: number[] = []
  let spent = 0
  for (let run = -2; run < MAX_RUNS && (spent < BUDGET_MS || run < MIN_RUNS); run++) {
    const vector = Float64Array.from({ length: totalDims(table) }, () => normal(random))
    const start = performance.now()
    await scorer.topK([{ vector, bias, mask, k: 20 }])
    const time = performance.now() - start
    spent += time
    if (run >= 0) times.push(time)
  }
  times.sort((a, b) => a - b)
  const quantile = (q: number) => times[Math.min(times.length - 1, Math.floor(times.length * q))]!
  return { median: quantile(0.5), p95: quantile(0.95) }
}
