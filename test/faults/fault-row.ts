import type { Random } from '../../src/core/random.ts'

/** One line of the plan of faults: what goes wrong, how often it is made to, and what must hold nevertheless. */
export interface FaultRow {
  readonly id: string
  /** What goes wrong, in a few words. */
  readonly fault: string
  /** How often: in CI, and before a release. */
  readonly runs: { readonly ci: number; readonly release: number }
  /** Makes what all runs share. */
  open(): Promise<OpenRow>
}

export interface OpenRow {
  /**
   * Run `n` of the row: injects the fault and throws where what must hold does not. Resolves with the number of times that the
   * fault was seen to take effect; a run that never saw it has failed.
   */
  run(random: Random, n: number): Promise<number>
  close(): Promise<void>
}
