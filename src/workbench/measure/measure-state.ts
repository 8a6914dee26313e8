import type { Problem } from '../problem-of.ts'
import type { ColdStrip, Persona, PopulationAnswer, ReplayAnswer } from '../../lab/lab-api.ts'

export interface MeasureState {
  readonly problem: Problem | undefined
  readonly replay: ReplayAnswer | undefined
  /** By configuration: the list after each of the first events. */
  readonly cold: readonly (readonly ColdStrip[])[]
  readonly personas: readonly Persona[]
  /** They could not be fetched. */
  readonly areAway: boolean
  /** Who the visitor has become; the own log is kept meanwhile. */
  readonly persona: string | undefined
  readonly ownLog: string | undefined
  readonly population: PopulationAnswer | undefined
  readonly running: boolean
  /** A report of `windowshop evaluate` as a page, and the name of its file. */
  readonly report: { readonly name: string; readonly page: string } | undefined
  /** Why a file could not be opened as one. */
  readonly reportProblem: Problem | undefined
}

export const emptyMeasureState: MeasureState = {
  problem: undefined,
  replay: undefined,
  cold: [],
  personas: [],
  areAway: false,
  persona: undefined,
  ownLog: undefined,
  population: undefined,
  running: false,
  report: undefined,
  reportProblem: undefined,
}
