import { createRandom } from '../../core/random.ts'
import type { EncoderSettings } from './encoder-settings.ts'
import { parameterPlaces, type EncoderShape } from './encoder-shape.ts'
import type { Examples } from './examples.ts'
import { fillExamples, groupBySlot, type LocalCandidates } from './fill-batch.ts'
import { allocateJob, powers, shards, type JobMemory } from './job-memory.ts'
import { startThreads } from './threads.ts'

export interface TrainingSettings extends Omit<
  EncoderSettings,
  'dims' | 'rate' | 'fallAfter' | 'fallTo' | 'epochs' | 'patience'
> {
  /** Learning rate by step, from step 1. */
  readonly rate: (step: number) => number
  /** All steps that will be made, at most. */
  readonly steps: number
}

export interface Trainer {
  readonly job: JobMemory
  /** One step of Adam on these examples; returns their mean loss. Steps count from 1. */
  step(examples: Examples, chosen: ArrayLike<number>, step: number): number
  /** Brings every row up to date, and ranks all items for these examples: how many score above each target. */
  rank(examples: Examples, chosen: ArrayLike<number>, step: number): Uint32Array
  close(): Promise<void>
}

export interface TrainerOptions {
  readonly shape: EncoderShape
  readonly settings: TrainingSettings
  readonly locals: LocalCandidates
  /** Candidates of one example alone, at most. */
  readonly mostLocals: number
  /** What the first bonus begins with; 0 by default. */
  readonly firstBonus?: number
}

const meanDecay = 0.9
const squareDecay = 0.999

/** Holds an encoder and its item rows in memory that threads share, and trains both by Adam. */
export function openTrainer({ shape, settings, locals, mostLocals, firstBonus = 0 }: TrainerOptions): Trainer {
  const negatives = Math.floor(Math.min(settings.negatives, shape.items) / 8) * 8
  const limits = {
    examples: Math.ceil(settings.batch / 32) * 32,
    events: settings.length,
    locals: mostLocals,
    negatives,
    steps: settings.steps,
  }
  const job = allocateJob(shape, limits)
  initialise(job, shape, settings.seed)
  job.floats('weights', parameterPlaces(shape).length)[parameterPlaces(shape).bonuses + 1] = firstBonus
  setConstants(job, settings, negatives, shape)
  const threads = startThreads(job, settings.threads)

  const slotOfItem = new Int32Array(shape.items)
  const stamp = new Uint32Array(shape.items)
  const slotItem = job.whole(
    'slotItem',
    Math.min(shape.items, negatives + limits.examples * (limits.events + mostLocals)),
  )
  const batchUnits = job.get('units')

  function fillBatch(examples: Examples, chosen: ArrayLike<number>, step: number): void {
    const random = createRandom(Math.imul(settings.seed + 1, 0x9e3779b1) ^ Math.imul(step, 0x85ebca6b))
    let slots = 0
    const slotOf = (item: number): number => {
      if (stamp[item] !== step) {
        stamp[item] = step
        slotItem[slots] = item
        slotOfItem[item] = slots++
      }
      return slotOfItem[item]!
    }
    while (slots < negatives) slotOf(Math.floor(random() * shape.items))
    const filled = fillExamples(job, examples, chosen, {
      slotOf,
      locals,
      features: shape.features,
      terms: shape.bonusTerms,
    })
    job.set('slots', slots)
    groupBySlot(
      job.whole('eventSlot', filled.events),
      job.whole('slotEvents', slots + 1),
      job.whole('slotEventAt', filled.events),
    )
    groupBySlot(
      job.whole('localSlot', filled.locals),
      job.whole('slotLocals', slots + 1),
      job.whole('slotLocalAt', filled.locals),
    )
  }

  return {
    job,
    step(examples, chosen, step) {
      job.set('step', step)
      fillBatch(examples, chosen, step)
      threads.run('gather', shards)
      threads.run('learn', shards)
      threads.run('update', shards)
      return new Float64Array(job.memory.buffer, job.get('loss'), shards).reduce((sum, part) => sum + part, 0)
    },
    rank(examples, chosen, step) {
      job.set('step', step)
      threads.run('normalise', shards)
      const { eventDropout } = settings
      setDropout(job, { ...settings, eventDropout: 0 })
      job.set('units', job.get('itemUnits'))
      const better = new Uint32Array(chosen.length)
      for (let from = 0; from < chosen.length; from += limits.examples) {
        const part = Array.prototype.slice.call(chosen, from, from + limits.examples) as number[]
        fillExamples(job, examples, part, {
          slotOf: (item) => item,
          locals,
          features: shape.features,
          terms: shape.bonusTerms,
        })
        threads.run('rank', Math.ceil(part.length / 32))
        better.set(job.whole('better', part.length), from)
      }
      job.set('units', batchUnits)
      setDropout(job, { ...settings, eventDropout })
      return better
    },
    close: () => threads.close(),
  }
}

/** Uniform numbers up to 1 / sqrt(dims), as CORE begins; no bonuses. */
function initialise(job: JobMemory, shape: EncoderShape, seed: number): void {
  const random = createRandom(seed)
  const reach = 1 / Math.sqrt(shape.dims)
  const places = parameterPlaces(shape)
  const rows = job.floats('rows', shape.items * shape.dims)
  for (let i = 0; i < rows.length; i++) rows[i] = (2 * random() - 1) * reach
  const weights = job.floats('weights', places.length)
  for (let i = 0; i < places.bonuses; i++) weights[i] = (2 * random() - 1) * reach
}

function setConstants(job: JobMemory, settings: TrainingSettings, negatives: number, { items }: EncoderShape): void {
  job.set('seed', settings.seed)
  setDropout(job, settings)
  job.setFloat('inverseTemperature', 1 / settings.temperature)
  job.setFloat('correction', settings.corrected ? Math.log(items / negatives) : 0)
  job.setFloat('meanDecay', meanDecay)
  job.setFloat('squareDecay', squareDecay)
  job.setFloat('epsilon', 1e-8)
  const rates = job.floats('rates', settings.steps + 1)
  for (let step = 1; step <= settings.steps; step++) {
    rates[step] = (settings.rate(step) * Math.sqrt(1 - squareDecay ** step)) / (1 - meanDecay ** step)
  }
  const meanPowers = job.floats('meanPowers', powers)
  const squarePowers = job.floats('squarePowers', powers)
  for (let i = 0; i < powers; i++) {
    meanPowers[i] = meanDecay ** i
    squarePowers[i] = squareDecay ** i
  }
}

function setDropout(job: JobMemory, { eventDropout, candidateDropout }: TrainingSettings): void {
  for (const [name, share] of [['event', eventDropout] as const, ['candidate', candidateDropout] as const]) {
    const threshold = Math.round(share * 256)
    job.set(`${name}Threshold`, threshold)
    job.setFloat(`${name}Scale`, 256 / (256 - threshold))
  }
}
