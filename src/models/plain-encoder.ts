import type { Encoder, EncoderInput, EncoderWeights } from './encoder.ts'
import { featureNames, featureOffsets } from './event-features.ts'

/**
 * Our encoder, without TensorFlow.js: a_j = softmax over j of q . sigmoid(tanh(W e_j + sum of feature rows) + V e_last), after Hou
 * et al., CORE (SIGIR 2022).
 */
export function createPlainEncoder(
  weights: EncoderWeights,
  { dims, length }: { dims: number; length: number },
): Encoder {
  const { own, last, features, attention } = weights
  const offsets = featureOffsets(length)
  const columns = featureNames.length

  function attend({ events, rows, features: buckets }: EncoderInput): Float32Array {
    const scores = new Float64Array(events)
    for (let d = 0; d < dims; d++) {
      const lastKey = product(last, d * dims, rows, 0)
      for (let event = 0; event < events; event++) {
        let key = product(own, d * dims, rows, event * dims)
        for (let f = 0; f < columns; f++) key += features[(offsets[f]! + buckets[event * columns + f]!) * dims + d]!
        scores[event]! += attention[d]! / (1 + Math.exp(-Math.tanh(key) - lastKey))
      }
    }
    const most = scores.reduce((a, b) => Math.max(a, b))
    const shares = scores.map((score) => Math.exp(score - most))
    const total = shares.reduce((a, b) => a + b)
    return Float32Array.from(shares, (share) => share / total)
  }

  function product(matrix: Float32Array, row: number, vectors: Float32Array, vector: number): number {
    let sum = 0
    for (let d = 0; d < dims; d++) sum += matrix[row + d]! * vectors[vector + d]!
    return sum
  }

  return { length, attend, close() {} }
}
