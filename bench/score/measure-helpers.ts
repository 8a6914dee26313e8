import type { ItemTable } from '../../src/bundle/item-table.ts'
import relaxedKernel from '../../src/scoring/scan.as.ts?wasm&enable=simd,relaxed-simd'
import type { ScoreQuery, TopK } from '../../src/scoring/scorer.ts'
import { createWasmScorer, simdKernel } from '../../src/scoring/wasm-scorer.ts'
import { createProblem } from './problem.ts'

export interface HelperMessage {
  readonly table?: ItemTable
  readonly query?: ScoreQuery
  /** For the message without work. */
  readonly mask?: ScoreQuery['mask']
}

export interface HelperRow {
  readonly items: number
  readonly alone_ms: number
  /** With one helper that holds the second half of the table. */
  readonly helped_ms: number
  /** A message to the helper and back, with the mask of its half, without any work. */
  readonly message_ms: number
  /** Whether both ways gave the same rows. */
  readonly same: boolean
}

const RUNS = 60

/** Rows from..to of a table. */
function slice({ dims, stride, rows, scales }: ItemTable, from: number, to: number): ItemTable {
  return {
    items: to - from,
    dims,
    stride,
    rows: rows.slice(from * stride, to * stride),
    scales: scales.slice(from * dims.length, to * dims.length),
  }
}

/** Rows from..to of a query; `from` is a multiple of 32. The bias lies with the table: it changes rarely. */
function sliceQuery({ vector, mask, k }: ScoreQuery, from: number, to: number): ScoreQuery {
  return { vector, k, mask: mask.slice(from / 32, Math.ceil(to / 32)) }
}

/** The best k of both. */
function merge(first: TopK, second: TopK, offset: number, k: number): number[] {
  const rows: number[] = []
  for (let a = 0, b = 0; rows.length < k && (a < first.rows.length || b < second.rows.length);) {
    const own = b >= second.rows.length || (a < first.rows.length && first.scores[a]! >= second.scores[b]!)
    rows.push(own ? first.rows[a++]! : offset + second.rows[b++]!)
  }
  return rows
}

/** Whether a table split between two workers is scored faster than by one. */
export async function measureHelpers(items: number, k: number): Promise<HelperRow> {
  const { table, batches } = createProblem({ items, dims: 64, k, queries: 1, seed: 1 })
  const queries = batches.map(([query]) => ({ ...query!, bias: undefined }))
  const half = Math.floor(items / 64) * 32
  const kernels = [relaxedKernel, simdKernel]
  const alone = createWasmScorer(table, { kernels })
  const own = createWasmScorer(slice(table, 0, half), { kernels })
  const helper = new Worker(new URL('./helper.worker.ts', import.meta.url), { type: 'module' })
  const ask = (message: HelperMessage) =>
    new Promise<TopK>((resolve) => {
      helper.addEventListener('message', ({ data }: MessageEvent<TopK>) => resolve(data), { once: true })
      helper.postMessage(message)
    })
  await ask({ table: slice(table, half, items) })
  async function helped(query: ScoreQuery): Promise<number[]> {
    const theirs = ask({ query: sliceQuery(query, half, items) })
    const [ours] = await own.topK([sliceQuery(query, 0, half)])
    return merge(ours!, await theirs, half, k)
  }
  async function median(work: (query: ScoreQuery) => Promise<unknown>): Promise<number> {
    const times: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now()
      await work(queries[run % queries.length]!)
      times.push(performance.now() - start)
    }
    return times.slice(RUNS / 4).sort((a, b) => a - b)[Math.floor(RUNS * 0.375)]!
  }
  try {
    const [expected] = await alone.topK([queries[0]!])
    const same = String(await helped(queries[0]!)) === String([...expected!.rows])
    const { mask } = sliceQuery(queries[0]!, half, items)
    return {
      items,
      alone_ms: await median((query) => alone.topK([query])),
      helped_ms: await median(helped),
      message_ms: await median(() => ask({ mask })),
      same,
    }
  } finally {
    helper.terminate()
  }
}
