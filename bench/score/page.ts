import { openGpu } from '../../src/scoring/open-gpu.ts'
import type { CreateContender, Problem } from './contender.ts'
import { floorWasm } from './floor-wasm.ts'
import { floorWebgpu } from './floor-webgpu.ts'
import { measureEncoder } from './measure-encoder.ts'
import { measureFilters } from './measure-filters.ts'
import { measureHelpers } from './measure-helpers.ts'
import { plainLoop } from './plain-loop.ts'
import { createProblem, type ProblemSize } from './problem.ts'
import { plain, wasm, webgpu } from './windowshop.ts'

export interface Row {
  readonly name: string
  /** Milliseconds of one batch; null where it could not be measured. */
  readonly median_ms: number | null
  /** The least: what the machine can do when nothing else runs on it. */
  readonly min_ms: number | null
  readonly p95_ms: number | null
  /** Of the unquantised vectors' exact top k, how many are found; null for a floor. */
  readonly recall: number | null
  readonly build_ms: number | null
  readonly bytes: number | null
  /** Why there are no numbers. */
  readonly failed?: string
}

export interface Settings extends ProblemSize {
  /** Milliseconds to spend on measuring one contender. */
  readonly budget: number
  /** Names of the contenders. */
  readonly only: readonly string[]
  /** Milliseconds that building an index may take. */
  readonly buildLimit: number
  /** Whether TensorFlow.js may use several threads. */
  readonly threads: boolean
}

declare global {
  interface Window {
    say(text: string): Promise<void>
    encoder: typeof measureEncoder
    filters: typeof measureFilters
    helpers: typeof measureHelpers
    bench(settings: Settings): Promise<{ adapter: string; rows: Row[] }>
  }
}

const MIN_RUNS = 5
const MAX_RUNS = 400

window.encoder = measureEncoder
window.filters = measureFilters
window.helpers = measureHelpers

window.bench = async (settings) => {
  const { budget, only, buildLimit } = settings
  await window.say('making the table')
  const made = createProblem(settings)
  const truth = exactAnswers(made)
  const rows: Row[] = []
  for (const name of only) {
    let best: Row | undefined
    let failed = ''
    for (const create of await variantsOf(name, settings)) {
      await window.say(name)
      const latest = performance.now() + buildLimit
      const checkBuildTime = () => {
        if (performance.now() > latest) throw new Error(`building takes longer than ${buildLimit / 1000} s`)
      }
      const race = { problem: { ...made, checkBuildTime }, truth, budget }
      const row = await compete(create, race).catch((error: unknown) => {
        failed = error instanceof Error ? error.message : String(error)
      })
      if (row && (!best || row.median_ms! < best.median_ms!)) best = row
    }
    rows.push(best ?? withoutNumbers(name, failed))
  }
  const gpu = await openGpu().catch(() => undefined)
  gpu?.device.destroy()
  return { adapter: gpu?.description ?? 'none', rows }
}

function withoutNumbers(name: string, failed: string): Row {
  const none = { median_ms: null, min_ms: null, p95_ms: null, recall: null, build_ms: null, bytes: null }
  return { name, ...none, failed }
}

/** The forms of a contender, of which the quickest counts. */
async function variantsOf(name: string, { threads, queries }: Settings): Promise<readonly CreateContender[]> {
  switch (name) {
    case 'floor/wasm':
      return floorWasm
    case 'floor/webgpu':
      return floorWebgpu
    case 'windowshop/wasm':
      return [wasm]
    case 'windowshop/webgpu':
      return [webgpu]
    case 'windowshop/plain':
      return [plain]
    case 'plain-loop':
      return [plainLoop]
    case 'tfjs/webgpu':
    case 'tfjs/wasm':
    case 'tfjs/cpu': {
      const backend = name.slice(5) as 'webgpu' | 'wasm' | 'cpu'
      return (await import('./tfjs.ts')).tfjs({ backend, threads, batched: queries > 1 })
    }
    case 'onnxruntime-web':
      return (await import('./onnxruntime.ts')).onnxruntime
    case 'hnswlib-wasm':
      return [(await import('./hnswlib.ts')).hnswlib]
    case 'edgevec':
      return [(await import('./edgevec.ts')).edgevec]
    case 'voy-search':
      return [(await import('./voy.ts')).voySearch]
    case 'client-vector-search':
      return [(await import('./client-vector-search.ts')).clientVectorSearch]
    default:
      throw new Error(`there is no contender ${name}`)
  }
}

interface Race {
  readonly problem: Problem
  readonly truth: readonly (readonly Set<number>[])[]
  readonly budget: number
}

async function compete(create: CreateContender, { problem, truth, budget }: Race): Promise<Row> {
  const { batches } = problem
  const contender = await create(problem)
  try {
    const times: number[] = []
    let found = 0
    let sought = 0
    let spent = 0
    // The first run warms up, and is not counted unless it alone takes the budget.
    for (let run = 0; run < MAX_RUNS && (run < MIN_RUNS || spent < budget) && spent < 4 * budget; run++) {
      const batch = batches[run % batches.length]!
      const start = performance.now()
      const answers = await contender.run(batch)
      const time = performance.now() - start
      spent += time
      times.push(time)
      if (run >= truth.length || !answers.length) continue
      truth[run]!.forEach((expected, i) => {
        sought += expected.size
        found += Array.from(answers[i]!).filter((row) => expected.has(row)).length
      })
    }
    const counted = (times.length > MIN_RUNS ? times.slice(Math.ceil(times.length / 10)) : times.slice(-3)).sort(
      (a, b) => a - b,
    )
    const quantile = (q: number) => counted[Math.min(counted.length - 1, Math.floor(counted.length * q))]!
    return {
      name: contender.name,
      median_ms: quantile(0.5),
      min_ms: quantile(0),
      p95_ms: quantile(0.95),
      recall: sought ? found / sought : null,
      build_ms: contender.buildMs,
      bytes: contender.bytes,
    }
  } finally {
    contender.close()
  }
}

/** Float64 over the unquantised vectors, for the first three batches. */
function exactAnswers({ items, dims, k, vectors, batches }: Omit<Problem, 'checkBuildTime'>): Set<number>[][] {
  return batches.slice(0, 3).map((batch) =>
    batch.map(({ vector, bias, mask }) => {
      const scored: [score: number, row: number][] = []
      let worst = -Infinity
      for (let row = 0; row < items; row++) {
        if ((mask[row >>> 5]! >>> (row & 31)) & 1) continue
        let score = bias ? bias[row]! : 0
        for (let d = 0; d < dims; d++) score += vector[d]! * vectors[row * dims + d]!
        if (score < worst) continue
        scored.push([score, row])
        if (scored.length < 4 * k + 64) continue
        scored.sort((a, b) => b[0] - a[0])
        scored.length = k
        worst = scored[k - 1]![0]
      }
      scored.sort((a, b) => b[0] - a[0] || a[1] - b[1])
      return new Set(scored.slice(0, k).map(([, row]) => row))
    }),
  )
}
