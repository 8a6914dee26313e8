import type { ColdStrip, Persona, PopulationAnswer, ReplayAnswer } from '../../lab/lab-api.ts'

export interface MeasureState {
  readonly problem: string | undefined
  readonly replay: ReplayAnswer | undefined
  /** By configuration: the list after each of the first events. */
  readonly cold: readonly (readonly ColdStrip[])[]
  readonly personas: readonly Persona[]
  /** Who the visitor has become; the own log is kept meanwhile. */
  readonly persona: string | undefined
  readonly ownLog: string | undefined
  readonly population: PopulationAnswer | undefined
  readonly running: boolean
}

export const emptyMeasureState: MeasureState = {
  problem: undefined,
  replay: undefined,
  cold: [],
  personas: [],
  persona: undefined,
  ownLog: undefined,
  population: undefined,
  running: false,
}
