import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parameterPlaces } from '../../../src/builder/train/encoder-shape.ts'
import { between, seededRandom } from '../../support/seed.ts'
import { referenceLoss, type ReferenceModel } from './reference-loss.ts'
import { batchOf, modelOf, randomTraining, sample } from './training-case.ts'

const names = ['rows', 'own', 'last', 'features', 'attention', 'bonuses'] as const

beforeAll(async () => {
  await tf.setBackend('cpu')
})

describe('the kernels of training', () => {
  for (const dropout of [0, 0.2]) {
    it(`give the loss and the gradients of TensorFlow.js, dropout ${dropout}`, async () => {
      const random = seededRandom('gradients')
      for (let i = 0; i < 6; i++) {
        const training = randomTraining(random, { eventDropout: dropout, candidateDropout: dropout })
        const { trainer, examples, shape } = training
        const model = modelOf(training)
        const chosen = sample(random, examples.target.length, between(random, 1, 70))
        const loss = trainer.step(examples, chosen, 1)
        const batch = batchOf(training, chosen)
        const lossOf = (...variables: tf.Tensor[]) =>
          referenceLoss(
            Object.fromEntries(names.map((name, n) => [name, variables[n]])) as unknown as ReferenceModel,
            batch,
          )
        const { value, grads } = tf.valueAndGrads(lossOf)(names.map((name) => model[name]))
        expect(loss).toBeCloseTo(value.dataSync()[0]!, 4)

        // The first step leaves a tenth of the gradient in the means of Adam.
        const places = parameterPlaces(shape)
        const rows = trainer.job.floats('rowMeans', shape.items * shape.dims)
        const weights = trainer.job.floats('weightMeans', places.length)
        for (const [n, name] of names.entries()) {
          const expected = grads[n]!.dataSync<'float32'>()
          const got = name === 'rows' ? rows : weights.subarray(places[name], places[name] + expected.length)
          const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
          expect(largest, name).toBeGreaterThan(0)
          for (let j = 0; j < expected.length; j++) {
            expect(Math.abs(got[j]! * 10 - expected[j]!), `${name}[${j}]`).toBeLessThan(2e-5 * largest + 1e-7)
          }
        }
        await trainer.close()
      }
    })
  }

  it('move rows as a dense Adam does, those too that many batches do not touch', async () => {
    const random = seededRandom('adam')
    const training = randomTraining(random, { negatives: 8 })
    const { trainer, examples, shape } = training
    const start = modelOf(training)
    const variables = Object.fromEntries(names.map((name) => [name, tf.variable(start[name])]))
    const adam = tf.train.adam(0.01, 0.9, 0.999, 1e-8)
    const touched = new Set<number>()
    for (let step = 1; step <= 60; step++) {
      const chosen = sample(random, examples.target.length, 2)
      trainer.step(examples, chosen, step)
      if (step === 30) for (const item of trainer.job.whole('slotItem', trainer.job.get('slots'))) touched.add(item)
      const batch = batchOf(training, chosen)
      adam.minimize(() => referenceLoss(variables as unknown as ReferenceModel, batch))
    }
    expect(touched.size).toBeLessThan(shape.items)
    trainer.rank(examples, [0], 60)
    const got = trainer.job.floats('rows', shape.items * shape.dims)
    const expected = variables['rows']!.dataSync()
    const before = start.rows.dataSync()
    let moved = 0
    let apart = 0
    for (let i = 0; i < got.length; i++) {
      moved = Math.max(moved, Math.abs(expected[i]! - before[i]!))
      apart += Math.abs(got[i]! - expected[i]!) / got.length
      expect(Math.abs(got[i]! - expected[i]!), `number ${i}`).toBeLessThan(0.01)
    }
    expect(apart).toBeLessThan(2e-4)
    expect(moved).toBeGreaterThan(0.1)
    await trainer.close()
  })
})
