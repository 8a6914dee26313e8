import * as tf from '@tensorflow/tfjs'
import type { EncoderShape } from '../../../src/builder/train/encoder-shape.ts'

/** The model's variables as tensors, in the order of the trainer's parameters. */
export interface ReferenceModel {
  readonly rows: tf.Tensor2D
  readonly own: tf.Tensor2D
  readonly last: tf.Tensor2D
  readonly features: tf.Tensor2D
  readonly attention: tf.Tensor1D
  readonly bonuses: tf.Tensor1D
}

export interface ReferenceExample {
  readonly events: readonly number[]
  readonly features: readonly (readonly number[])[]
  /** Candidates of its own, the target first, with two bonuses times values. */
  readonly locals: readonly { readonly item: number; readonly bonuses: readonly (readonly [number, number])[] }[]
  readonly weight: number
  /** What dropout left of the events' numbers: 0 or its scale. */
  readonly eventMask: readonly (readonly number[])[]
}

export interface ReferenceBatch {
  readonly examples: readonly ReferenceExample[]
  /** Candidates that the examples share. */
  readonly shared: readonly number[]
  readonly temperature: number
  readonly correction: number
  /** items x dims: 0 or the scale of what dropout left of candidates. */
  readonly candidateMask: tf.Tensor2D
}

/** The loss of a batch as the papers write it, without a thought of speed. */
export function referenceLoss(model: ReferenceModel, batch: ReferenceBatch): tf.Scalar {
  const units = unit(model.rows)
  const candidates = unit(tf.mul(model.rows, batch.candidateMask) as tf.Tensor2D)
  // The first bonus is none, and stays so.
  const isBonus = tf.tensor1d(Array.from({ length: model.bonuses.size }, (_, i) => Math.min(i, 1)))
  const bonuses = tf.mul(model.bonuses, isBonus)
  const total = batch.examples.reduce((sum, { weight }) => sum + weight, 0)
  const losses = batch.examples.map((example) => {
    const query = referenceQuery(model, units, example)
    const shared = batch.shared.filter((item) => !example.locals.some((local) => local.item === item))
    const bonus = tf.sum(
      tf.stack(
        [0, 1].map((term) =>
          tf.mul(
            tf.gather(
              bonuses,
              example.locals.map(({ bonuses }) => bonuses[term]![0]),
            ),
            tf.tensor1d(example.locals.map(({ bonuses }) => bonuses[term]![1])),
          ),
        ),
      ),
      0,
    )
    const products = (items: readonly number[]) =>
      tf.div(column(tf.gather(candidates, [...items]), query), batch.temperature)
    const own = tf.add(products(example.locals.map(({ item }) => item)), bonus)
    const logits = tf.concat([own, tf.add(products(shared), batch.correction)]) as tf.Tensor1D
    return tf.mul(tf.sub(tf.logSumExp(logits), tf.squeeze(tf.slice(logits, [0], [1]))), example.weight / total)
  })
  return tf.sum(tf.stack(losses)) as tf.Scalar
}

function referenceQuery(model: ReferenceModel, units: tf.Tensor2D, example: ReferenceExample): tf.Tensor1D {
  const events = tf.mul(tf.gather(units, [...example.events]), tf.tensor2d(example.eventMask.map((row) => [...row])))
  const count = example.events.length
  let keys = tf.matMul(events as tf.Tensor2D, model.own, false, true)
  for (let f = 0; f < example.features[0]!.length; f++) {
    keys = tf.add(
      keys,
      tf.gather(
        model.features,
        example.features.map((row) => row[f]!),
      ),
    )
  }
  const last = tf.matMul(tf.slice(events, [count - 1], [1]) as tf.Tensor2D, model.last, false, true)
  const gates = tf.sigmoid(tf.add(tf.tanh(keys), last))
  const shares = tf.softmax(column(gates as tf.Tensor2D, model.attention))
  return tf.squeeze(unit(tf.matMul(tf.expandDims(shares, 0) as tf.Tensor2D, events as tf.Tensor2D)), [0]) as tf.Tensor1D
}

/** The product of each row with a vector. */
function column(rows: tf.Tensor2D, vector: tf.Tensor1D): tf.Tensor1D {
  return tf.squeeze(tf.matMul(rows, tf.expandDims(vector, 1) as tf.Tensor2D), [1]) as tf.Tensor1D
}

function unit<T extends tf.Tensor>(rows: T): T {
  return tf.div(rows, tf.sqrt(tf.sum(tf.square(rows), -1, true))) as T
}

export function readModel(
  shape: EncoderShape,
  { rows, weights, places }: { rows: Float32Array; weights: Float32Array; places: Record<string, number> },
): ReferenceModel {
  const { dims, items, featureRows, bonuses } = shape
  const part = (from: number, length: number) => weights.slice(from, from + length)
  return {
    rows: tf.tensor2d(rows.slice(), [items, dims]),
    own: tf.tensor2d(part(places['own']!, dims * dims), [dims, dims]),
    last: tf.tensor2d(part(places['last']!, dims * dims), [dims, dims]),
    features: tf.tensor2d(part(places['features']!, featureRows * dims), [featureRows, dims]),
    attention: tf.tensor1d(part(places['attention']!, dims)),
    bonuses: tf.tensor1d(part(places['bonuses']!, bonuses)),
  }
}
