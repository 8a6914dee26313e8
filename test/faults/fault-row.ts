import type { Random } from '../../src/core/random.ts'

/** How often a row is run: as a test with every change, by `npm run faults`, and before a release; `all` of the cases that it has. */
export interface Runs {
  readonly test: number
  readonly ci: number | 'all'
  readonly release: number | 'all'
}

/** One line of the plan of faults: what goes wrong, how often it is made to, and what must hold nevertheless. */
export interface FaultRow {
  readonly id: string
  readonly kind: 'fault' | 'bad input' | 'privacy' | 'load'
  /** What goes wrong, in a few words. */
  readonly fault: string
  /** What holds nevertheless, in a few words. */
  readonly holds: string
  readonly runs: Runs
  /** Makes what all runs share. */
  open(): Promise<OpenRow>
}

export interface OpenRow {
  /** How many cases there are, where there is an end to them. */
  readonly all?: number
  /**
   * Run `n` of the row: injects the fault and throws where what must hold does not. Resolves with the number of times that the
   * fault was seen to take effect; a run that never saw it has failed.
   */
  run(random: Random, n: number): Promise<number> | number
  close?(): Promise<void>
}
