import { createRandom } from '../../src/core/random.ts'
import type { FaultRow } from './fault-row.ts'

export interface RowResult {
  readonly id: string
  readonly runs: number
  readonly failed: number
  /** Of the first run that failed; null when all held. */
  readonly seed: number | null
  /** How often the fault was seen to take effect. */
  readonly injected: number
  /** Why the first failed. */
  readonly reason?: string
}

export interface RunOptions {
  readonly runs: number
  /** Run n draws from seed + n. */
  readonly seed: number
}

/** Runs a row of the plan, one run after the other. */
export async function runRow(row: FaultRow, { runs, seed }: RunOptions): Promise<RowResult> {
  let injected = 0
  const failures: { seed: number; reason: string }[] = []
  const opened = await row.open()
  try {
    for (let n = 0; n < runs; n++) {
      try {
        const seen = await opened.run(createRandom(seed + n), n)
        if (!(seen > 0)) throw new Error('the fault never took effect')
        injected += seen
      } catch (error) {
        failures.push({ seed: seed + n, reason: error instanceof Error ? error.message : String(error) })
      }
    }
  } finally {
    await opened.close()
  }
  const [first] = failures
  return {
    id: row.id,
    runs,
    failed: failures.length,
    seed: first?.seed ?? null,
    injected,
    ...(first && { reason: first.reason }),
  }
}
