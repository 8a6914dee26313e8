import type { ItemTable } from '../bundle/item-table.ts'
import { WindowshopError } from '../errors.ts'
import { type CreateScorer, passesKnownAnswer } from './known-answer.ts'
import { measure, type Timing } from './measure.ts'
import { type Gpu, openGpu } from './open-gpu.ts'
import type { Scorer, ScorerName } from './scorer.ts'
import { createWebgpuScorer } from './webgpu-scorer.ts'

/** A scorer that has passed its test, and how quick it is on the real table. */
export interface PreparedScorer {
  readonly scorer: Scorer
  readonly timing: Timing
}

/** Opening a device, compiling and the first answers may hang with a broken driver. */
const GPU_DEADLINE_MS = 10_000

/** Tests with a known answer, builds for the table, measures; rejects with `scorer-wrong` or what `create` rejects with. */
export async function prepareScorer(table: ItemTable, name: ScorerName, create: CreateScorer): Promise<PreparedScorer> {
  if (!(await passesKnownAnswer(create, table.dims))) throw new WindowshopError('scorer-wrong', { where: name })
  const scorer = await create(table)
  try {
    return { scorer, timing: await measure(scorer, table) }
  } catch (error) {
    scorer.close()
    throw error
  }
}

/** The same on a device of its own, which the scorer takes along when it is closed. `accept` may throw to refuse it. */
export async function prepareWebgpu(
  table: ItemTable,
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
      const prepared = await prepareScorer(table, 'webgpu', (of) =>
        createWebgpuScorer(of, gpu, { ownsDevice: of === table }),
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
