import { createHash } from 'node:crypto'
import { version } from '../../../package.json' with { type: 'json' }
import type { EventKind } from '../../core/event.ts'
import { bootstrapMeans, meanOf } from '../evaluate/bootstrap.ts'
import type { Dataset } from '../evaluate/dataset.ts'
import type { Estimate } from '../evaluate/judge.ts'
import type { Progress } from '../progress.ts'
import { withDefaults, type SettingsFile } from '../settings-file.ts'
import { knobsFor, type Knob } from './knobs.ts'
import { createMeasure } from './measure-point.ts'
import { settingsOf, valueAt, type Point } from './point.ts'
import { searchKnobs, type Step } from './search-knobs.ts'
import { openJournal, type Trial } from './trial-journal.ts'

export interface Tuning {
  readonly task: string
  /** Shoppers by whom settings were chosen, and others who were asked about the result. */
  readonly chosen_by: number
  readonly confirmed_by: number
  /** Points that were measured. */
  readonly trials: number
  readonly steps: readonly Step[]
  /** What the others say of the defaults and of the steps taken together. */
  readonly confirmed: Readonly<Record<'ndcg@20' | 'recall@20', Comparison>>
  readonly bytes: { readonly before: number; readonly after: number }
  /** Changes of the defaults; none where the others find less with them. */
  readonly settings: SettingsFile
}

export interface Comparison {
  readonly before: number
  readonly after: number
  readonly gain: Estimate
}

export interface TuneOptions {
  readonly seed: number
  /** Where an interrupted search goes on from. */
  readonly journal: string
  readonly progress: Progress
  readonly knobs?: readonly Knob[]
}

const rounds = 2

/**
 * Searches settings on validation data. Every second shopper chooses, one setting after the other; the others are asked once what that
 * is worth, and where they do not find more, nothing is changed.
 */
export async function tuneSettings(dataset: Dataset, options: TuneOptions): Promise<Tuning> {
  const { seed, journal: file, progress, knobs = knobsFor(countKinds(dataset)) } = options
  const journal = await openJournal(file, hashOf(dataset, { seed, knobs }))
  const learn = createMeasure(dataset, seed)
  const most = 1 + rounds * knobs.reduce((sum, { values }) => sum + values.length, 0)
  const advance = progress.stage('Tuning')
  const points = new Set<Trial>()
  const found = async (point: Point): Promise<Trial> => {
    const known = journal.find(point)
    const trial = known ?? (await learn(point))
    if (!known) await journal.add(point, trial)
    points.add(trial)
    const asked = Object.entries(point).map(([path, value]) => `${path} ${value}`)
    advance(Math.min(1, points.size / most), `NDCG@20 ${meanOf(trial.ndcg).toFixed(4)} ${asked.at(-1) ?? 'defaults'}`)
    return trial
  }
  const defaults = withDefaults({})
  const { point, steps } = await searchKnobs({
    knobs,
    rounds,
    defaults: (path) => valueAt(defaults, path),
    measure: async (tried) => half((await found(tried)).ndcg, 0),
  })
  const [before, after] = [await found({}), await found(point)]
  const compare = (name: 'ndcg' | 'recall'): Comparison => {
    const [old, tuned] = [half(before[name], 1), half(after[name], 1)]
    const gains = tuned.map((value, at) => value - old[at]!)
    const [interval] = bootstrapMeans([gains], { seed })
    return { before: meanOf(old), after: meanOf(tuned), gain: { value: meanOf(gains), interval: interval! } }
  }
  const confirmed = { 'ndcg@20': compare('ndcg'), 'recall@20': compare('recall') }
  await journal.close()
  return {
    task: dataset.task,
    chosen_by: half(before.ndcg, 0).length,
    confirmed_by: half(before.ndcg, 1).length,
    trials: points.size,
    steps,
    confirmed,
    bytes: { before: before.bytes, after: after.bytes },
    settings: settingsOf(confirmed['ndcg@20'].gain.value > 0 ? point : {}),
  }
}

/** Every second value, from the first or the second on. */
function half(values: Float64Array, from: 0 | 1): Float64Array {
  return values.filter((_, at) => at % 2 === from)
}

function countKinds({ training: { sequences } }: Dataset): Map<EventKind, number> {
  const counts = new Map<EventKind, number>()
  for (const kind of sequences.kinds ?? []) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** Tells searches apart, so that none goes on from another's journal. */
function hashOf({ training, cases, items }: Dataset, given: { seed: number; knobs: readonly Knob[] }): string {
  const { offsets, rows, times, kinds } = training.sequences
  const hash = createHash('sha256').update(JSON.stringify([version, given, kinds, items]))
  for (const array of [offsets, rows, times ?? new Float64Array()]) hash.update(array)
  for (const { rows: own, wanted } of cases) hash.update(own).update(wanted)
  return hash.digest('hex')
}
