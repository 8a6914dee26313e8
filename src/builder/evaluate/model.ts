import type { EventKind } from '../../core/event.ts'
import type { SparseMatrix } from '../learn/sparse.ts'
import type { Sequences } from './sequences.ts'

/** What a model may learn from. */
export interface Training {
  /** Number of items; rows are 0 to items - 1. Some may stand in no sequence. */
  readonly items: number
  /** One a session or shopper, those that ended first first. */
  readonly sequences: Sequences
  /** What the catalogue says of items, items x tokens; absent where there is no catalogue. */
  readonly content?: SparseMatrix
  /** Rows of items that came to the catalogue when the training ended. */
  readonly fresh?: ReadonlySet<number>
}

export interface FitOptions {
  /** All randomness comes from it: the same seed and training give the same model. */
  readonly seed: number
  /** Hears of the progress, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

/** What is known of a shopper when something is recommended. */
export interface Shopper {
  /** Rows of the events so far, oldest first; may be empty. */
  readonly rows: Uint32Array
  /** Milliseconds since the epoch by event; absent where the data has no times. */
  readonly times?: Float64Array
  /** Kind by event; absent where all are views. */
  readonly kinds?: readonly EventKind[]
  /** The time of the request, where the data has times. */
  readonly now?: number
}

/** A shopper, and what the shopper chose next. */
export interface Case extends Shopper {
  /** Distinct rows, at least one. */
  readonly wanted: Uint32Array
}

/** A way of recommending, as evaluation sees it: every baseline, and what is shipped. */
export interface Model<Fitted = FittedModel> {
  /** As the command line and reports name it. */
  readonly name: string
  fit(training: Training, options: FitOptions): Fitted | Promise<Fitted>
}

/** A model that has learned. Never keeps or changes the shopper it is given. */
export type FittedModel = ScoringModel | ListingModel

interface Learned {
  /** Bytes that it would take to ship what was learned. */
  readonly bytes: number
  /** How training went, an epoch a point; absent for models that do not learn in epochs. */
  readonly curve?: readonly TrainingPoint[]
}

export interface TrainingPoint {
  readonly epoch: number
  /** Mean loss over the epoch's examples, in nats. */
  readonly loss: number
}

/** Scores every row. */
export interface ScoringModel extends Learned {
  /**
   * Writes the score of every row into `scores` (items long; whatever it held before): higher is better, never NaN. A row at -Infinity
   * is not recommended, even where a list stays short.
   */
  score(shopper: Shopper, scores: Float64Array): void
}

/** Answers with what a shelf would show. */
export interface ListingModel extends Learned {
  /** At most `count` distinct rows, best first, without `hidden`. */
  recommend(shopper: Shopper, count: number, hidden: ReadonlySet<number>): Promise<ArrayLike<number>>
  /** As of `ScoringModel`: the scores that the list is chosen by, before its arrangement; for the AUC. */
  score?(shopper: Shopper, scores: Float64Array): void | Promise<void>
}
