import { normal, type Random } from '../../src/core/random.ts'
import type { EncoderInput, EncoderWeights } from '../../src/models/encoder.ts'
import { featureSizes } from '../../src/models/event-features.ts'
import { weightShapes } from '../../src/models/model-topology.ts'
import { between } from '../support/seed.ts'

export interface EncoderCase {
  readonly shape: { readonly dims: number; readonly length: number }
  readonly weights: EncoderWeights
}

/** An encoder of random parameters, large enough that attention is not the same for all events. */
export function randomEncoder(random: Random, dims = 8 * between(random, 1, 12)): EncoderCase {
  const shape = { dims, length: between(random, 1, 24) }
  const weights = Object.fromEntries(
    Object.entries(weightShapes(shape)).map(([name, [rows, columns]]) => [
      name,
      Float32Array.from({ length: rows * columns }, () => normal(random)),
    ]),
  )
  return { shape, weights: weights as unknown as EncoderWeights }
}

/** A session of unit rows and of any buckets. */
export function randomInput(random: Random, { dims, length }: EncoderCase['shape']): EncoderInput {
  const events = between(random, 1, length)
  const sizes = featureSizes(length)
  return {
    events,
    rows: Float32Array.from({ length: events * dims }, () => normal(random) / Math.sqrt(dims)),
    features: Int32Array.from({ length: events * sizes.length }, (_, i) =>
      between(random, 0, sizes[i % sizes.length]! - 1),
    ),
  }
}
