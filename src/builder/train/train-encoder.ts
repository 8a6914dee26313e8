import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { createRandom } from '../../core/random.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { parameterPlaces, type EncoderShape } from './encoder-shape.ts'
import type { Examples } from './examples.ts'
import type { LocalCandidates } from './fill-batch.ts'
import { openTrainer, type Trainer } from './open-trainer.ts'
import type { EncoderSettings } from './encoder-settings.ts'

/** Where a training is; for people who wait for it. */
export interface TrainingProgress {
  /** Share of all steps that is done, 0 to 1. */
  readonly done: number
  readonly epoch: number
  /** Mean loss of this epoch's steps. */
  readonly loss: number
  /** Seconds that the rest will take if it goes on like this. */
  readonly secondsLeft: number
  /** Of the last epoch that was measured. */
  readonly quality?: Quality
}

/** Shares of the targets among the best 20 of all items, and the mean of their reciprocal ranks there. */
export interface Quality {
  readonly hr20: number
  readonly mrr20: number
}

export interface EncoderTraining {
  readonly shape: EncoderShape
  readonly settings: EncoderSettings
  readonly examples: Examples
  readonly locals: LocalCandidates
  /** Candidates of one example alone, at most. */
  readonly mostLocals: number
  /** What the first bonus begins with; 0 by default, as all others. */
  readonly firstBonus?: number
  /** Measured after every epoch; the best epoch's weights are returned, and training stops after one that is worse. */
  readonly validation?: Examples
  /** The epoch to end with, of a training that would be longer; the rate falls as if it were. */
  readonly lastEpoch?: number
  /** A file from which an interrupted training goes on, to the same result; removed at the end. */
  readonly checkpoint?: string
  readonly checkpointSeconds?: number
  readonly onProgress?: (progress: TrainingProgress) => void
  /** Ends the training with its `reason`; the checkpoint stays. */
  readonly signal?: AbortSignal
}

export interface TrainedWeights {
  /** items x dims, as trained. */
  readonly rows: Float32Array<ArrayBuffer>
  /** In the places of `parameterPlaces`. */
  readonly weights: Float32Array<ArrayBuffer>
  /** The epoch that they are from, counted from 1, and all that were measured. */
  readonly epoch: number
  readonly qualities: readonly Quality[]
}

/** Trains an encoder and the item rows that it weighs. The same data, settings and seed give the same bytes on any machine. */
export async function trainEncoder(training: EncoderTraining): Promise<TrainedWeights> {
  const { shape, settings, examples, locals, mostLocals, validation, checkpoint, onProgress } = training
  const count = examples.target.length
  const perEpoch = Math.ceil(count / settings.batch)
  const steps = perEpoch * settings.epochs
  const end = perEpoch * Math.min(settings.epochs, training.lastEpoch ?? settings.epochs)
  const fall = Math.floor(steps * settings.fallAfter)
  const trainer = openTrainer({
    shape,
    settings: { ...settings, steps, rate: (step) => settings.rate * (step > fall ? settings.fallTo : 1) },
    locals,
    mostLocals,
    firstBonus: training.firstBonus ?? 0,
  })
  try {
    const { job } = trainer
    const what = hashTraining(training)
    const state = { step: 0, loss: 0, bestEpoch: 0, hr20: [] as number[], mrr20: [] as number[] }
    let best: { rows: Float32Array<ArrayBuffer>; weights: Float32Array<ArrayBuffer> } | undefined
    const saved = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint, job, what)
    if (saved) {
      Object.assign(state, saved.notes)
      const { rows, weights } = saved.best
      if (rows && weights) best = { rows: rows.slice(), weights: weights.slice() }
    }
    const save = async (): Promise<void> => {
      if (checkpoint === undefined) return
      await writeCheckpoint(checkpoint, job, { what, step: state.step, notes: state, ...(best && { best }) })
    }
    const started = performance.now()
    const startedAt = state.step
    let savedAt = started
    let toldAt = started
    while (state.step < end) {
      const epoch = Math.floor(state.step / perEpoch)
      const order = shuffled(count, settings.seed, epoch)
      if (state.step % perEpoch === 0) state.loss = 0
      for (let batch = state.step % perEpoch; batch < perEpoch; batch++) {
        const chosen = order.subarray(batch * settings.batch, (batch + 1) * settings.batch)
        state.step++
        state.loss += trainer.step(examples, chosen, state.step)
        const now = performance.now()
        if (training.signal?.aborted || now - savedAt > (training.checkpointSeconds ?? 60) * 1000) {
          // The last step of an epoch is saved after what follows it.
          if (batch + 1 < perEpoch) await save()
          savedAt = now
          training.signal?.throwIfAborted()
        }
        if (now - toldAt > 200) {
          toldAt = now
          await setImmediate()
          onProgress?.(progressOf())
        }
      }
      if (validation) {
        const { hr20, mrr20 } = measure(trainer, validation, state.step)
        state.hr20.push(hr20)
        state.mrr20.push(mrr20)
        const better = !best || hr20 + mrr20 > state.hr20[state.bestEpoch - 1]! + state.mrr20[state.bestEpoch - 1]!
        if (better) {
          state.bestEpoch = epoch + 1
          best = copyWeights(trainer, shape)
        }
        // Before the rate falls, a worse epoch says little.
        if (!better && state.step > fall && epoch + 1 - state.bestEpoch > settings.patience) break
      }
      onProgress?.(progressOf())
      await save()
    }
    if (!validation) trainer.rank(examples, [], state.step)
    const { rows, weights } = best ?? copyWeights(trainer, shape)
    if (checkpoint !== undefined) await rm(checkpoint, { force: true })
    return { rows, weights, epoch: validation ? state.bestEpoch : end / perEpoch, qualities: qualities() }

    function qualities(): Quality[] {
      return state.hr20.map((hr20, i) => ({ hr20, mrr20: state.mrr20[i]! }))
    }
    function progressOf(): TrainingProgress {
      const quality = qualities().at(-1)
      const seconds = (performance.now() - started) / 1000
      return {
        done: state.step / end,
        epoch: Math.ceil(state.step / perEpoch),
        loss: state.loss / (((state.step - 1) % perEpoch) + 1),
        secondsLeft: (seconds * (end - state.step)) / Math.max(1, state.step - startedAt),
        ...(quality && { quality }),
      }
    }
  } finally {
    await trainer.close()
  }
}

function measure(trainer: Trainer, examples: Examples, step: number): Quality {
  const better = trainer.rank(examples, Uint32Array.from(examples.target.keys()), step)
  let hits = 0
  let reciprocals = 0
  for (const rank of better) {
    if (rank >= 20) continue
    hits++
    reciprocals += 1 / (rank + 1)
  }
  return { hr20: hits / better.length, mrr20: reciprocals / better.length }
}

/** The order of an epoch's examples: Fisher and Yates, from a seed of the epoch. */
function shuffled(count: number, seed: number, epoch: number): Uint32Array {
  const random = createRandom(Math.imul(seed, 0x27d4eb2f) + epoch)
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  return order
}

function copyWeights({ job }: Trainer, shape: EncoderShape) {
  return {
    rows: Float32Array.from(job.floats('rows', shape.items * shape.dims)),
    weights: Float32Array.from(job.floats('weights', parameterPlaces(shape).length)),
  }
}

/** Tells trainings apart, so that none goes on from another's checkpoint. */
function hashTraining({
  shape,
  settings: { threads: _, ...settings },
  examples,
  validation,
  firstBonus,
}: EncoderTraining): string {
  const hash = createHash('sha256').update(JSON.stringify([shape, settings, firstBonus]))
  for (const { items, target, weight, eventFeatures } of validation ? [examples, validation] : [examples]) {
    for (const array of [items, target, weight, eventFeatures]) hash.update(array ?? 'none')
  }
  return hash.digest('hex')
}
