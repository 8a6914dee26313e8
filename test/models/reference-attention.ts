import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import type { EncoderInput } from '../../src/models/encoder.ts'
import { featureNames, featureOffsets } from '../../src/models/event-features.ts'
import { weightShapes } from '../../src/models/model-topology.ts'
import { attention, type EncoderTensors } from '../../src/models/tensorflow-encoder.ts'
import type { EncoderCase } from './random-encoder.ts'

/** What the definition in TensorFlow.js says, on the backend that is set; needs one whose numbers can be read at once. */
export function referenceAttention(encoder: EncoderCase, input: EncoderInput): Float32Array {
  return tf.tidy(() => build(encoder, input).dataSync<'float32'>().slice())
}

/** As `referenceAttention`, for backends that are read later. */
export async function laterAttention(encoder: EncoderCase, input: EncoderInput): Promise<Float32Array> {
  const answer = tf.tidy(() => build(encoder, input))
  const numbers = await answer.data<'float32'>()
  answer.dispose()
  return numbers
}

function build({ weights, shape }: EncoderCase, { events, rows, features }: EncoderInput): tf.Tensor1D {
  const tensors = Object.fromEntries(
    Object.entries(weightShapes(shape)).map(([name, size]) => [
      name,
      tf.tensor2d(weights[name as keyof EncoderCase['weights']], size),
    ]),
  ) as unknown as EncoderTensors
  const offsets = featureOffsets(shape.length)
  const numbered = features.map((bucket, i) => bucket + offsets[i % featureNames.length]!)
  return attention(
    tensors,
    tf.tensor2d(rows, [events, shape.dims]),
    tf.tensor2d(numbered, [events, featureNames.length], 'int32'),
  )
}

/** The bound for all backends. */
export function expectAlike(got: Float32Array, expected: Float32Array): void {
  expect(got.length).toBe(expected.length)
  for (const [i, share] of got.entries()) expect(Math.abs(share - expected[i]!)).toBeLessThan(1e-4)
}
