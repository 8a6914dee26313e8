import type { ItemTable } from '../bundle/item-table.ts'
import { WindowshopError } from '../errors.ts'
import type { Timing } from './measure.ts'
import { type Gpu, nameAdapter } from './open-gpu.ts'
import { createPlainScorer } from './plain-scorer.ts'
import { prepareScorer, prepareWebgpu, type PreparedScorer } from './prepare-scorer.ts'
import relaxedKernel from './scan.as.ts?wasm&enable=simd,relaxed-simd'
import scalarKernel from './scan.as.ts?wasm&scalar'
import type { Scorer, ScorerName, ScorerStatus } from './scorer.ts'
import type * as wasmScorer from './wasm-scorer.ts'

export interface ChooseOptions {
  /** This one or none; default `auto`. */
  readonly force?: ScorerName | 'auto'
  /** What was chosen for this table before: it is not measured again while the adapter is the same. */
  readonly known?: ScorerStatus | undefined
  /** Where to look for a GPU; default: the browser's. */
  readonly gpu?: GPU | undefined
  /** The exports of `wasm-scorer.ts`: those that serve already, as they know the memories of their tables. */
  readonly wasm: Pick<typeof wasmScorer, 'createWasmScorer' | 'simdKernel'>
}

export interface Choice {
  readonly scorer: Scorer
  readonly status: ScorerStatus
}

/** A real GPU that answers within this, readback included, serves: it leaves the processor to the page. */
const GPU_P95_MS = 4

/**
 * Builds the scorers that exist here, tests each with a known answer, measures them on the real table, and chooses: the
 * GPU if it is real and quick, otherwise the fastest. With `force` that scorer, or a rejection with `scorer-unavailable`
 * or `scorer-wrong`.
 */
export async function chooseScorer(table: ItemTable, options: ChooseOptions): Promise<Choice> {
  const { force = 'auto', known, gpu = globalThis.navigator?.gpu } = options
  if (force === 'auto' && known && known.adapter === (await nameAdapter(gpu))) {
    try {
      const { scorer } = await measureScorers(table, { ...options, force: known.name }, false)
      return { scorer, status: known }
    } catch {
      // What worked then fails now: all are measured.
    }
  }
  return measureScorers(table, options, true)
}

async function measureScorers(table: ItemTable, options: ChooseOptions, timed: boolean): Promise<Choice> {
  const { force = 'auto', gpu: source = globalThis.navigator?.gpu, wasm } = options
  let gpu: Gpu | undefined
  const kernels = [relaxedKernel, wasm.simdKernel, scalarKernel]
  const prepare = async (name: ScorerName): Promise<PreparedScorer> => {
    if (name === 'plain') return prepareScorer({ table, timed }, name, createPlainScorer)
    if (name === 'wasm') return prepareScorer({ table, timed }, name, (of) => wasm.createWasmScorer(of, { kernels }))
    const accept = (opened: Gpu) => {
      gpu = opened
      if (gpu.software && onCpu?.scorer.name === 'wasm') refuseSoftware(gpu)
    }
    return prepareWebgpu({ table, timed }, source, accept)
  }
  const failures: string[] = []
  const attempt = (name: ScorerName): Promise<PreparedScorer | undefined> =>
    prepare(name).catch((error: unknown) => void failures.push(error instanceof Error ? error.message : String(error)))

  let onCpu: PreparedScorer | undefined
  let onGpu: PreparedScorer | undefined
  if (force === 'auto') {
    onCpu = (await attempt('wasm')) ?? (await prepare('plain'))
    onGpu = await attempt('webgpu')
  } else if (force === 'webgpu') onGpu = await prepare(force)
  else onCpu = await prepare(force)

  const { best, reason } = judge({ onCpu, onGpu, software: gpu?.software ?? false })
  for (const prepared of [onCpu, onGpu]) if (prepared !== best) prepared?.scorer.close()
  const measured: Partial<Record<ScorerName, number>> = {}
  for (const prepared of [onCpu, onGpu]) if (prepared?.timing) measured[prepared.scorer.name] = prepared.timing.median
  const because = force === 'auto' ? [reason, ...failures].filter(Boolean).join('; ') : 'forced'
  const gpuMs = onGpu?.timing?.gpu
  const about = { ...(gpuMs !== undefined && { gpuMs }), ...(gpu && { adapter: gpu.description }) }
  return { scorer: best.scorer, status: { name: best.scorer.name, reason: because, measured, ...about } }
}

interface Prepared {
  readonly onCpu: PreparedScorer | undefined
  readonly onGpu: PreparedScorer | undefined
  /** The GPU is not a real one. */
  readonly software: boolean
}

/** DESIGN.md, "Choice of scorer". */
function judge({ onCpu, onGpu, software }: Prepared): { best: PreparedScorer; reason: string } {
  if (!onGpu?.timing || !onCpu?.timing) return { best: (onCpu ?? onGpu)!, reason: '' }
  const times = `GPU ${describe(onGpu.timing)}, ${onCpu.scorer.name} ${describe(onCpu.timing)}`
  if (!software && onGpu.timing.p95 <= GPU_P95_MS) return { best: onGpu, reason: `the GPU is quick enough: ${times}` }
  return { best: onGpu.timing.median < onCpu.timing.median ? onGpu : onCpu, reason: `the fastest here: ${times}` }
}

function refuseSoftware({ description }: Gpu): never {
  throw new WindowshopError('scorer-unavailable', { where: 'webgpu', got: `a software adapter, ${description}` })
}

function describe({ median, p95 }: Timing): string {
  return `${median.toFixed(2)} ms (p95 ${p95.toFixed(2)})`
}
