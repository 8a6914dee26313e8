import type { EncoderWeights } from '../../models/encoder.ts'
import { featureNames, featureOffsets } from '../../models/event-features.ts'
import type { EncoderSettings } from '../train/encoder-settings.ts'
import { parameterPlaces, type EncoderShape } from '../train/encoder-shape.ts'
import type { Examples } from '../train/examples.ts'
import { sessionCandidates, unseenCandidates } from '../train/fill-batch.ts'
import { trainEncoder, type Quality, type TrainingProgress } from '../train/train-encoder.ts'
import { sessionExamples, type Session } from './session-examples.ts'

/** How an encoder is learned. */
export interface EncoderLearning extends EncoderSettings {
  /** Whether shelves may show what the session has seen; then a bonus by recency is learned. */
  readonly repeats: boolean
  /**
   * Added to the learned bonuses, in logits: what was learned by heart makes repeats look rarer in training than they are in later
   * sessions.
   */
  readonly repeatLift: number
  /** The weight of an example halves this often over the log, from its last session backwards. */
  readonly halvings: number
}

export interface LearnedEncoder {
  /** Unit rows, items x dims; zero where nothing was learned. */
  readonly rows: Float32Array
  readonly weights: EncoderWeights
  /** Added to the cosine of items of the session, by recency; empty where these are not shown. */
  readonly repeatBonus: readonly number[]
  /** Epochs of training, and what each measured. */
  readonly epochs: number
  readonly qualities: readonly Quality[]
}

export interface EncoderTask {
  readonly items: number
  readonly sessions: readonly Session[]
  /** Later sessions, by which to stop early; without them all epochs are trained. */
  readonly validation?: readonly Session[]
  readonly settings: EncoderLearning
  /** The epoch to end with, where an earlier training has found it. */
  readonly lastEpoch?: number | undefined
  /** Rows and features of fewer customers than this say nothing. */
  readonly minCustomers: number
  readonly checkpoint?: string | undefined
  readonly onProgress?: (progress: TrainingProgress) => void
}

/** Trains an encoder together with the rows of its items. */
export async function learnEncoder(task: EncoderTask): Promise<LearnedEncoder> {
  const { items, sessions, validation, settings, minCustomers, checkpoint, onProgress } = task
  const { dims, length, repeats, repeatLift, temperature } = settings
  const shape: EncoderShape = {
    dims,
    items,
    features: featureNames.length,
    featureRows: featureOffsets(length).at(-1)!,
    bonuses: length + 1,
    bonusTerms: 1,
  }
  const examples = sessionExamples(sessions, settings)
  const { rows, weights, epoch, qualities } = await trainEncoder({
    shape,
    settings,
    examples,
    locals: repeats ? sessionCandidates : unseenCandidates,
    ...(!repeats && { firstBonus: never }),
    mostLocals: length + 1,
    ...(validation && { validation: sessionExamples(validation, settings) }),
    ...(task.lastEpoch !== undefined && { lastEpoch: task.lastEpoch }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(onProgress && { onProgress }),
  })
  const places = parameterPlaces(shape)
  const part = (from: number, numbers: number) => weights.slice(from, from + numbers)
  const features = part(places.features, shape.featureRows * dims)
  clearRare(features, customersOf(examples, sessions, shape), { dims, minCustomers, from: length })
  return {
    rows: unitRows(rows, dims),
    weights: {
      own: part(places.own, dims * dims),
      last: part(places.last, dims * dims),
      features,
      attention: part(places.attention, dims),
    },
    // The first stands for no recency at all. Scores are cosines, logits are them by the temperature.
    repeatBonus: repeats
      ? Array.from(part(places.bonuses + 1, length), (bonus) => (bonus + repeatLift) * temperature)
      : [],
    epochs: epoch,
    qualities,
  }
}

/** A logit that no candidate comes back from, and whose gradient is 0. */
const never = -1000

/** Distinct customers by row of the table of features. */
function customersOf(
  { eventFeatures }: Examples,
  sessions: readonly Session[],
  { features, featureRows }: EncoderShape,
): readonly ReadonlySet<number>[] {
  const customers = Array.from({ length: featureRows }, () => new Set<number>())
  let at = 0
  for (const { user, events } of sessions) {
    for (const end = at + events.length * (features - 1); at < end; at++) customers[eventFeatures![at]!]!.add(user)
  }
  return customers
}

function clearRare(
  features: Float32Array,
  customers: readonly ReadonlySet<number>[],
  { dims, minCustomers, from }: { dims: number; minCustomers: number; from: number },
): void {
  for (let row = from; row < customers.length; row++) {
    if (customers[row]!.size < minCustomers) features.fill(0, row * dims, (row + 1) * dims)
  }
}

function unitRows(rows: Float32Array, dims: number): Float32Array {
  const units = new Float32Array(rows.length)
  for (let from = 0; from < rows.length; from += dims) {
    let squares = 0
    for (let d = from; d < from + dims; d++) squares += rows[d]! * rows[d]!
    for (let d = from; d < from + dims; d++) units[d] = squares > 0 ? rows[d]! / Math.sqrt(squares) : 0
  }
  return units
}
