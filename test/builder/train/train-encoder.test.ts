import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultEncoderSettings } from '../../../src/builder/train/encoder-settings.ts'
import { prefixExamples } from '../../../src/builder/train/examples.ts'
import { sessionCandidates } from '../../../src/builder/train/fill-batch.ts'
import { trainEncoder, type EncoderTraining, type TrainingProgress } from '../../../src/builder/train/train-encoder.ts'
import { createRandom, type Random } from '../../../src/core/random.ts'
import { between, seededRandom } from '../../support/seed.ts'

const items = 120
const length = 6

/** Shoppers who walk along a ring of items: what comes next is not far from what was last. */
function walks(random: Random, count: number): number[][] {
  return Array.from({ length: count }, () => {
    let at = between(random, 0, items - 1)
    return Array.from({ length: between(random, 2, 8) }, () => (at = (at + between(random, 1, 3)) % items))
  })
}

function training(seed: number, extra: Partial<EncoderTraining> = {}): EncoderTraining {
  const random = createRandom(seed)
  return {
    shape: { dims: 16, items, features: 1, featureRows: length, bonuses: length + 1, bonusTerms: 1 },
    settings: { ...defaultEncoderSettings, length, dims: 16, negatives: 32, batch: 64, epochs: 4, rate: 0.01, seed },
    examples: prefixExamples(walks(random, 600), length),
    locals: sessionCandidates,
    mostLocals: length + 1,
    validation: prefixExamples(walks(random, 100), length),
    ...extra,
  }
}

describe('training an encoder', () => {
  it('learns what comes next', async () => {
    const seed = between(seededRandom('walks'), 1, 1e6)
    const progress: TrainingProgress[] = []
    const { qualities } = await trainEncoder(training(seed, { onProgress: (each) => progress.push(each) }))
    // By chance a sixth of the targets would stand among the first 20, and .03 be the mean of reciprocals.
    expect(qualities.at(-1)!.hr20).toBeGreaterThan(0.9)
    expect(qualities.at(-1)!.mrr20).toBeGreaterThan(0.15)
    expect(progress.at(-1)).toMatchObject({ done: 1, epoch: 4, secondsLeft: 0, quality: qualities.at(-1)! })
    expect(progress.at(-1)!.loss).toBeLessThan(progress[0]!.loss)
  })

  it('gives the same bytes for a seed on one thread, two and three, and others for another seed', async () => {
    const seed = between(seededRandom('threads'), 1, 1e6)
    const { settings } = training(seed)
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map((threads) => trainEncoder(training(seed, { settings: { ...settings, threads } }))),
    )
    expect(two).toEqual(one)
    expect(three).toEqual(one)
    const other = await trainEncoder(training(seed, { settings: { ...settings, seed: seed + 1 } }))
    expect(other.rows).not.toEqual(one!.rows)
  })

  it('goes on after interruptions to the same result, bit for bit, and leaves no checkpoint behind', async () => {
    const random = seededRandom('interruptions')
    const seed = between(random, 1, 1e6)
    const folder = await mkdtemp(join(tmpdir(), 'windowshop-'))
    const checkpoint = join(folder, 'encoder.checkpoint')
    const whole = await trainEncoder(training(seed))
    let interruptions = 0
    let got: Awaited<ReturnType<typeof trainEncoder>> | undefined
    while (!got) {
      const abort = new AbortController()
      let left = between(random, 0, 60)
      const signal = countdown(abort, () => left-- <= 0)
      try {
        got = await trainEncoder(training(seed, { checkpoint, signal, checkpointSeconds: 0 }))
      } catch (error) {
        expect(error).toBe(abort.signal.reason)
        interruptions++
      }
    }
    expect(interruptions).toBeGreaterThan(1)
    expect(got).toEqual(whole)
    expect(await readdir(folder)).toEqual([])
  })

  it('does not go on from a checkpoint of other data', async () => {
    const seed = between(seededRandom('others'), 1, 1e6)
    const folder = await mkdtemp(join(tmpdir(), 'windowshop-'))
    const checkpoint = join(folder, 'encoder.checkpoint')
    const abort = new AbortController()
    let left = 50
    const signal = countdown(abort, () => left-- <= 0)
    await expect(trainEncoder(training(seed, { checkpoint, signal, checkpointSeconds: 0 }))).rejects.toThrow(
      'interrupted',
    )
    expect(await readdir(folder)).toEqual(['encoder.checkpoint'])
    expect(await trainEncoder(training(seed + 1, { checkpoint }))).toEqual(await trainEncoder(training(seed + 1)))
  })
})

/** A signal that is aborted when it is asked for the n-th time: between two steps, wherever the clock stands. */
function countdown(abort: AbortController, over: () => boolean): AbortSignal {
  const { signal } = abort
  return new Proxy(signal, {
    get(target, name) {
      if (name === 'aborted' && over()) abort.abort(new Error('interrupted'))
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}
