import { isDeepStrictEqual } from 'node:util'
import { openGpu } from '../../src/scoring/open-gpu.ts'
import { plainTopK } from '../../src/scoring/plain-scorer.ts'
import type { Scorer, ScoreQuery } from '../../src/scoring/scorer.ts'
import { createWebgpuScorer } from '../../src/scoring/webgpu-scorer.ts'
import { floorWebgpu } from './floor-webgpu.ts'
import { createProblem, type ProblemSize } from './problem.ts'

export interface GpuRow {
  readonly name: string
  readonly median_ms: number
  readonly p95_ms: number
  /** Of the GPU itself, by its timestamps. */
  readonly gpu_ms: number | null
}

export interface GpuResult {
  readonly adapter: string
  readonly items: number
  readonly dims: number
  readonly k: number
  readonly packed_dot: boolean
  readonly subgroups: boolean
  readonly gpu_bytes: number
  /** Twice the floor without the fixed cost, and once that. */
  readonly limit_ms: number
  /** One query's time over `limit_ms`: at most 1 is the aim on a real GPU. */
  readonly one_over_limit: number
  /** At most 2 is the aim on a real GPU. */
  readonly eight_over_one: number
  /** Whether all answers were the oracle's, to the bit. */
  readonly exact: boolean
  readonly rows: readonly GpuRow[]
}

const BATCH = 8
const MIN_RUNS = 5
const MAX_RUNS = 500

/** Measures one query, eight at once, the read floor, and a submit and readback of nothing. */
export async function measureOnGpu(
  source: GPU,
  { budget, ...size }: Omit<ProblemSize, 'queries'> & { budget: number },
): Promise<GpuResult> {
  const problem = { ...createProblem({ ...size, queries: BATCH }), checkBuildTime() {} }
  const { batches, table } = problem
  const gpu = await openGpu(source)
  const fixed = await time('submit and readback', submitNothing(gpu.device), budget)

  let floor: GpuRow | undefined
  for (const create of floorWebgpu) {
    const contender = await create(problem)
    const row = await time('floor/webgpu', (run) => contender.run(batches[run % batches.length]!), budget)
    contender.close()
    if (!floor || row.median_ms < floor.median_ms) floor = row
  }

  const scorer = await createWebgpuScorer(table, gpu)
  const exact = await equalsOracle(scorer, batches.slice(0, 2))
  const queries = batches.map(([first]) => [first!])
  const one = await time('windowshop/webgpu', (run) => scorer.topK(queries[run % queries.length]!), budget, scorer)
  const eight = await time(
    `windowshop/webgpu, ${BATCH} queries`,
    (run) => scorer.topK(batches[run % batches.length]!),
    budget,
    scorer,
  )
  const limit = 2 * (floor!.median_ms - fixed.median_ms) + fixed.median_ms
  const result = {
    adapter: gpu.description,
    items: size.items,
    dims: size.dims,
    k: size.k,
    packed_dot: gpu.packedDot,
    subgroups: gpu.subgroups,
    gpu_bytes: scorer.bytes,
    limit_ms: limit,
    one_over_limit: one.median_ms / limit,
    eight_over_one: eight.median_ms / one.median_ms,
    exact,
    rows: [fixed, floor!, one, eight],
  }
  scorer.close()
  gpu.device.destroy()
  return result

  async function equalsOracle(checked: Scorer, some: readonly (readonly ScoreQuery[])[]): Promise<boolean> {
    for (const batch of some) {
      const expected = batch.map((query) => plainTopK(table, query))
      if (!isDeepStrictEqual(await checked.topK(batch), expected)) return false
      if (!isDeepStrictEqual(await checked.topK(batch.slice(0, 1)), expected.slice(0, 1))) return false
    }
    return true
  }
}

/** What any request costs: a copy of 4 KB, submitted and read. */
function submitNothing(device: GPUDevice): () => Promise<void> {
  const { COPY_DST, COPY_SRC, MAP_READ, STORAGE } = GPUBufferUsage
  const from = device.createBuffer({ size: 4096, usage: STORAGE | COPY_SRC })
  const to = device.createBuffer({ size: 4096, usage: MAP_READ | COPY_DST })
  return async () => {
    const encoder = device.createCommandEncoder()
    encoder.copyBufferToBuffer(from, 0, to, 0, 4096)
    device.queue.submit([encoder.finish()])
    await to.mapAsync(GPUMapMode.READ)
    to.unmap()
  }
}

async function time(
  name: string,
  work: (run: number) => Promise<unknown>,
  budget: number,
  clock?: Scorer,
): Promise<GpuRow> {
  const times: number[] = []
  const gpuTimes: number[] = []
  let spent = 0
  for (let run = 0; run < 3; run++) await work(run)
  for (let run = 0; run < MAX_RUNS && (run < MIN_RUNS || spent < budget); run++) {
    const start = performance.now()
    await work(run)
    const took = performance.now() - start
    spent += took
    times.push(took)
    if (clock?.gpuMs !== undefined) gpuTimes.push(clock.gpuMs)
  }
  const quantile = (of: number[], q: number) => of.sort((a, b) => a - b)[Math.floor((of.length - 1) * q)]
  return {
    name,
    median_ms: quantile(times, 0.5)!,
    p95_ms: quantile(times, 0.95)!,
    gpu_ms: quantile(gpuTimes, 0.5) ?? null,
  }
}
