import { type ItemTable, totalDims } from '../bundle/item-table.ts'
import { createBitmask } from '../core/bitmask.ts'
import { createRandom, normal } from '../core/random.ts'
import type { Scorer } from './scorer.ts'

/** Milliseconds of one request, with everything that a request does. */
export interface Timing {
  readonly median: number
  readonly p95: number
  /** Median milliseconds of the GPU's own work in a request; absent where none works, or it cannot tell. */
  readonly gpu?: number
}

const MAX_RUNS = 40
const MIN_RUNS = 5
const BUDGET_MS = 40
/** Browsers round their clocks to a tenth of this: a shorter run times several requests. */
const LEAST_MS = 1
const MAX_REQUESTS = 64

/** Scores random queries on the real table: about 40 ms, and at least five runs after those that warm up. */
export async function measure(scorer: Scorer, table: ItemTable): Promise<Timing> {
  const random = createRandom(3)
  const mask = createBitmask(table.items)
  const bias = new Float32Array(table.items)
  async function run(requests: number): Promise<number> {
    const vectors = Array.from({ length: requests }, () =>
      Float64Array.from({ length: totalDims(table) }, () => normal(random)),
    )
    const start = performance.now()
    for (const vector of vectors) await scorer.topK([{ vector, bias, mask, k: 20 }])
    return performance.now() - start
  }

  await run(2)
  let requests = 1
  while (requests < MAX_REQUESTS && (await run(requests)) < LEAST_MS) requests *= 2
  const times: number[] = []
  const gpuTimes: number[] = []
  let spent = 0
  while (times.length < MAX_RUNS && (spent < BUDGET_MS || times.length < MIN_RUNS)) {
    const time = await run(requests)
    spent += time
    times.push(time / requests)
    if (scorer.gpuMs !== undefined) gpuTimes.push(scorer.gpuMs)
  }
  const gpu = quantile(gpuTimes, 0.5)
  return { median: quantile(times, 0.5)!, p95: quantile(times, 0.95)!, ...(gpu !== undefined && { gpu }) }
}

function quantile(times: number[], q: number): number | undefined {
  times.sort((a, b) => a - b)
  return times[Math.min(times.length - 1, Math.floor(times.length * q))]
}
