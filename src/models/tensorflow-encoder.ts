import * as tf from '@tensorflow/tfjs-core'

/** The parameters as tensors; `attention` is dims x 1. */
export interface EncoderTensors {
  readonly own: tf.Tensor2D
  readonly last: tf.Tensor2D
  readonly features: tf.Tensor2D
  readonly attention: tf.Tensor2D
}

/** The definition of our encoder in TensorFlow.js, which `plain-encoder.ts` equals: rows (events x dims), features -> attention. */
export function attention(
  { own, last, features, attention }: EncoderTensors,
  rows: tf.Tensor2D,
  buckets: tf.Tensor2D,
): tf.Tensor1D {
  const told = tf.sum(tf.gather(features, buckets), 1)
  const keys = tf.tanh(tf.add(tf.matMul(rows, own, false, true), told))
  const lastKey = tf.matMul(tf.slice(rows, 0, 1), last, false, true)
  const gates = tf.sigmoid(tf.add(keys, lastKey)) as tf.Tensor2D
  return tf.softmax(tf.reshape(tf.matMul(gates, attention), [-1])) as tf.Tensor1D
}
