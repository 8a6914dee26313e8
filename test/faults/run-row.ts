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
  readonly seconds: number
  /** Why the first failed. */
  readonly reason?: string
}

/** A seed says which run it is of: its last six digits are the run's number. */
export const seedsPerRow = 1_000_000

export interface RunOptions {
  readonly runs: number | 'all'
  /** Part of the runs, one at least; 1 by default. */
  readonly share?: number
  /** Of the first run; each draws from the next seed. */
  readonly seed: number
}

/**
 * Runs a row of the plan, one run after the other. Where a row has fewer cases than it is to be run, each is run once; where
 * it has more, as many as asked for are spread over them.
 */
export async function runRow(row: FaultRow, { runs, share = 1, seed }: RunOptions): Promise<RowResult> {
  const begin = performance.now()
  const failures: { seed: number; reason: string }[] = []
  const fail = (at: number, error: unknown) =>
    failures.push({ seed: at, reason: error instanceof Error ? error.message : String(error) })
  let injected = 0
  let done = 0
  try {
    const opened = await row.open()
    try {
      const { all = Infinity } = opened
      const most = runs === 'all' ? all : Math.min(runs, all)
      const count = Math.max(1, Math.round(share * most))
      if (!Number.isFinite(count)) throw new Error(`${row.id} has no end`)
      const step = Number.isFinite(all) ? all / count : 1
      for (; done < count; done++) {
        const own = seed + Math.floor(done * step)
        try {
          const seen = await opened.run(createRandom(own), own % seedsPerRow)
          if (!(seen > 0)) throw new Error('the fault never took effect')
          injected += seen
        } catch (error) {
          fail(own, error)
        }
      }
    } finally {
      await opened.close?.()
    }
  } catch (error) {
    fail(seed, error)
  }
  if (done === 0 && failures.length === 0) fail(seed, new Error('nothing was run'))
  const [first] = failures
  return {
    id: row.id,
    runs: Math.max(done, 1),
    failed: failures.length,
    seed: first?.seed ?? null,
    injected,
    seconds: Math.round((performance.now() - begin) / 1000),
    ...(first && { reason: first.reason }),
  }
}
