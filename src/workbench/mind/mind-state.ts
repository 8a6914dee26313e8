import type { Card, EventKind, ItemId } from '../../index.ts'
import type { Problem } from '../problem-of.ts'
import type { Decomposition, ItemMap, Mind } from '../../lab/lab-api.ts'

export interface MindState {
  readonly problem: Problem | undefined
  readonly mind: Mind | undefined
  readonly map: ItemMap | undefined
  /** Rows of the shopper's list, in its order. */
  readonly listed: readonly number[]
  /** The row that is pointed at, and its card when it has come. */
  readonly pointed: number | undefined
  readonly pointedCard: Card | undefined
  /** The item whose score is taken apart. */
  readonly item: ItemId | undefined
  readonly decomposition: Decomposition | undefined
  readonly search: string
  readonly found: readonly Card[]
  readonly logKind: EventKind | ''
  readonly logText: string
  /** The event that is being edited. */
  readonly editing: string | undefined
  /** Events replayed so far, while a replay runs. */
  readonly replayed: number | undefined
}

export const emptyMindState: MindState = {
  problem: undefined,
  mind: undefined,
  map: undefined,
  listed: [],
  pointed: undefined,
  pointedCard: undefined,
  item: undefined,
  decomposition: undefined,
  search: '',
  found: [],
  logKind: '',
  logText: '',
  editing: undefined,
  replayed: undefined,
}
