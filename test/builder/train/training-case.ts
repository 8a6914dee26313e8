import * as tf from '@tensorflow/tfjs'
import { parameterPlaces, type EncoderShape } from '../../../src/builder/train/encoder-shape.ts'
import { prefixExamples, type Examples } from '../../../src/builder/train/examples.ts'
import { sessionCandidates, type AddLocal, type LocalCandidates } from '../../../src/builder/train/fill-batch.ts'
import { openTrainer, type Trainer, type TrainingSettings } from '../../../src/builder/train/open-trainer.ts'
import { normal, type Random } from '../../../src/core/random.ts'
import { between } from '../../support/seed.ts'
import { readModel, type ReferenceBatch, type ReferenceModel } from './reference-loss.ts'

export interface TrainingCase {
  readonly shape: EncoderShape
  readonly settings: TrainingSettings
  readonly examples: Examples
  readonly trainer: Trainer
}

const extras = 3

/** Random sessions, a random small encoder, everything that a batch can hold. */
export function randomTraining(random: Random, given: Partial<TrainingSettings> = {}): TrainingCase {
  const length = between(random, 3, 6)
  const items = between(random, 30, 60)
  const dims = 8 * between(random, 1, 3)
  const shape = { dims, items, features: 2, featureRows: length + extras, bonuses: length + 1 + 2, bonusTerms: 2 }
  const settings: TrainingSettings = {
    length,
    temperature: 0.2,
    eventDropout: 0,
    candidateDropout: 0,
    negatives: 16,
    corrected: random() < 0.5,
    batch: 70,
    rate: () => 0.01,
    steps: 1000,
    seed: between(random, 1, 1e6),
    threads: between(random, 1, 3),
    ...given,
  }
  const sessions = Array.from({ length: 60 }, () =>
    Array.from({ length: between(random, 2, 9) }, () => between(random, 0, items - 1)),
  )
  const plain = prefixExamples(sessions, length)
  const examples: Examples = {
    ...plain,
    eventFeatures: plain.items.map(() => length + between(random, 0, extras - 1)),
    weight: Float32Array.from(plain.target, () => 0.5 + random()),
  }
  const trainer = openTrainer({ shape, settings, locals: withValues(length), mostLocals: length + 1 })
  const weights = trainer.job.floats('weights', parameterPlaces(shape).length)
  // Bonuses begin at 0, but gradients are to be right anywhere.
  const { bonuses } = parameterPlaces(shape)
  for (let i = 1; i < shape.bonuses; i++) weights[bonuses + i] = normal(random)
  return { shape, settings, examples, trainer }
}

/** The session's candidates, each with one more bonus, times a value. */
function withValues(length: number): LocalCandidates {
  return (examples, example, add) => {
    let added: number | undefined
    const flush = () => added !== undefined && add.bonus(...secondBonus(length, example, added))
    const next: AddLocal = Object.assign(
      (item: number) => {
        flush()
        added = item
        add(item)
      },
      { bonus: add.bonus },
    )
    sessionCandidates(examples, example, next)
    flush()
  }
}

function secondBonus(length: number, example: number, item: number): [number, number] {
  return [length + 1 + (item % 2), Math.sin(example + item)]
}

export function modelOf({ shape, trainer }: TrainingCase): ReferenceModel {
  const places = parameterPlaces(shape)
  const rows = trainer.job.floats('rows', shape.items * shape.dims)
  const weights = trainer.job.floats('weights', places.length)
  return readModel(shape, { rows, weights, places: { ...places } })
}

/** What the trainer made of the last batch, negatives and dropout included, for the reference. */
export function batchOf(
  { shape, settings, examples, trainer }: TrainingCase,
  chosen: readonly number[],
): ReferenceBatch {
  const { job } = trainer
  const { dims, items } = shape
  const negatives = job.get('negatives')
  const eventFrom = job.whole('eventFrom', chosen.length + 1)
  const events = job.floats('events', eventFrom[chosen.length]! * dims)
  const scaleOf = (threshold: number) => 256 / (256 - threshold)
  const eventScale = scaleOf(job.get('eventThreshold'))
  const mask = new Float32Array(items * dims).fill(1)
  const slotItem = job.whole('slotItem', job.get('slots'))
  const candidates = job.floats('candidates', slotItem.length * dims)
  const candidateScale = scaleOf(job.get('candidateThreshold'))
  for (const [slot, item] of slotItem.entries()) {
    for (let d = 0; d < dims; d++) mask[item * dims + d] = candidates[slot * dims + d] === 0 ? 0 : candidateScale
  }
  return {
    shared: [...slotItem.subarray(0, negatives)],
    temperature: settings.temperature,
    correction: settings.corrected ? Math.log(items / negatives) : 0,
    candidateMask: tf.tensor2d(mask, [items, dims]),
    examples: chosen.map((example, i) => {
      const end = examples.target[example]!
      const first = examples.first[example]!
      const own = examples.items.subarray(first, end)
      const target = examples.items[end]!
      const recencies = new Map([...own].map((item, j) => [item, own.length - j] as const))
      const locals = [target, ...new Set([...own].filter((item) => item !== target))]
      return {
        events: [...own],
        features: [...own].map((_, j) => [own.length - 1 - j, examples.eventFeatures![first + j]!]),
        locals: locals.map((item) => ({
          item,
          bonuses: [[recencies.get(item) ?? 0, 1] as const, secondBonus(settings.length, example, item)],
        })),
        weight: examples.weight![example]!,
        eventMask: [...own].map((_, j) =>
          Array.from({ length: dims }, (_, d) => (events[(eventFrom[i]! + j) * dims + d] === 0 ? 0 : eventScale)),
        ),
      }
    }),
  }
}

/** `count` distinct numbers below `total`. */
export function sample(random: Random, total: number, count: number): number[] {
  const all = Array.from({ length: total }, (_, i) => i)
  for (let i = 0; i < count; i++) {
    const j = between(random, i, total - 1)
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all.slice(0, count)
}
