import * as tf from '@tensorflow/tfjs-core'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { expect, test } from 'vitest'
import { createRandom, normal } from '../../../src/core/random.ts'
import { openGpu } from '../../../src/scoring/open-gpu.ts'
import { createWebgpuScorer } from '../../../src/scoring/webgpu-scorer.ts'
import { randomQuery, randomTable } from '../../scoring/cases.ts'
import { oracle } from '../../scoring/oracle.ts'

const seed = Date.now() % 2 ** 32
console.log(`shared device: seed ${seed}`)

const SIZE = 37

test('the scorer and TensorFlow.js work side by side on one device', async () => {
  const random = createRandom(seed)
  const gpu = await openGpu()
  tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => new WebGPUBackend(gpu.device, gpu.device.adapterInfo))
  expect(await tf.setBackend('webgpu')).toBe(true)
  expect((tf.backend() as WebGPUBackend).device).toBe(gpu.device)
  const table = randomTable(random, { items: 3000, dims: [24] })
  const scorer = await createWebgpuScorer(table, gpu)

  for (let round = 0; round < 10; round++) {
    const queries = Array.from({ length: 1 + (round % 3) }, () => randomQuery(random, table))
    const [left, right] = [0, 1].map(() => Float32Array.from({ length: SIZE * SIZE }, () => normal(random)))
    const tensor = tf.tidy(() => tf.matMul(tf.tensor2d(left!, [SIZE, SIZE]), tf.tensor2d(right!, [SIZE, SIZE])))
    const [answers, product] = await Promise.all([scorer.topK(queries), tensor.data()])
    tensor.dispose()
    expect(answers).toEqual(queries.map((query) => oracle(table, query)))
    multiply(left!, right!).forEach((value, i) => expect(product[i]).toBeCloseTo(value, 3))
  }
  scorer.close()
  // What is the scorer's goes with it, what is TensorFlow.js's stays.
  const [sum] = await tf.sum(tf.tensor1d([1, 2, 3])).data()
  expect(sum).toBe(6)
  gpu.device.destroy()
})

function multiply(left: Float32Array, right: Float32Array): Float64Array {
  return Float64Array.from({ length: SIZE * SIZE }, (_, at) => {
    let sum = 0
    for (let i = 0; i < SIZE; i++) sum += left[Math.floor(at / SIZE) * SIZE + i]! * right[i * SIZE + (at % SIZE)]!
    return sum
  })
}
