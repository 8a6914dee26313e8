import type { ItemTable } from '../bundle/item-table.ts'
import { WindowshopError } from '../errors.ts'
import { type CreateScorer, passesKnownAnswer } from './known-answer.ts'
import { measure, type Timing } from './measure.ts'
import { type Gpu, openGpu } from './open-gpu.ts'
import type { Scorer, ScorerName } from './scorer.ts'
import { createWebgpuScorer } from './webgpu-scorer.ts'

/** A scorer that has passed its test, and how quick it is on the real table, if that was asked. */
export interface PreparedScorer {
  readonly scorer: Scorer
  readonly timing: Timing | undefined
}

export interface PrepareOptions {
  readonly table: ItemTable
  /** Whether to measure. */
  readonly timed: boolean
}

/** Opening a device, compiling and the first answers may hang with a broken driver. */
const GPU_DEADLINE_MS = 10_000

/** Tests with a known answer, builds for the table, measures; rejects with `scorer-wrong` or what `create` rejects with. */
export async function prepareScorer(
  { table, timed }: PrepareOptions,
  name: ScorerName,
  create: CreateScorer,
): Promise<PreparedScorer> {
  if (!(await passesKnownAnswer(create, table.dims))) throw new WindowshopError('scorer-wrong', { where: name })
  const scorer = await create(table)
  try {
    return { scorer, timing: timed ? await measure(scorer, table) : undefined }
  } catch (error) {
    scorer.close()
    throw error
  }
}

/** The same on a device of its own, which the scorer takes along when it is closed. `accept` may throw to refuse it. */
export async function prepareWebgpu(
  options: PrepareOptions,
  source: GPU | undefined,
  accept: (gpu: Gpu) => void,
): Promise<PreparedScorer> {
  let abandoned = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      abandoned = true
      reject(new WindowshopError('scorer-unavailable', { where: 'webgpu', got: 'no answer in time' }))
    }, GPU_DEADLINE_MS)
  })
  const prepare = async () => {
    const gpu = await openGpu(source)
    try {
      accept(gpu)
      const prepared = await prepareScorer(options, 'webgpu', (of) =>
        createWebgpuScorer(of, gpu, { ownsDevice: of === options.table }),
      )
      if (abandoned) prepared.scorer.close()
      return prepared
    } catch (error) {
      gpu.device.destroy()
      throw error
    }
  }
  try {
    return await Promise.race([prepare(), deadline])
  } finally {
    clearTimeout(timer)
  }
}
