import { defaultSettings } from '../core/settings.ts'
import { writeModel } from '../models/write-model.ts'
import { hashColumns } from './assemble-bundle.ts'
import type { AssembleOptions, BundleColumns } from './pack-columns.ts'
import type { CleanLine } from './clean/clean-log.ts'
import type { EncoderOptions } from './encoder-options.ts'
import { countCustomers, numberLog, type Interactions } from './learn/interactions.ts'
import { indexIds, type LearnedColumns } from './learn/learn-columns.ts'
import { learnEncoder, type EncoderTask, type LearnedEncoder } from './learn/learn-encoder.ts'
import { defaultLearning } from './learn/learning-settings.ts'
import { predictRows } from './learn/predict-rows.ts'
import { collectSessions, type Session } from './learn/session-examples.ts'

export interface Assembled {
  readonly learnt: LearnedColumns
  readonly columns: BundleColumns
}

/** A log by the rows of what was learned of it, and its sessions. */
export interface NumberedLog {
  readonly log: Interactions
  readonly sessions: readonly Session[]
}

/** The lines of items that enough customers dealt with, by the rows of `built`. */
export function numberSessions(
  lines: readonly CleanLine[],
  { learnt }: Assembled,
  { settings = defaultSettings, learning = defaultLearning }: AssembleOptions,
): NumberedLog {
  const all = numberLog(lines, learnt.groups.length, indexIds(learnt.groups))
  const customers = countCustomers(all)
  const log = { ...all, events: all.events.filter(({ row }) => customers[row]! >= learning.minCustomers) }
  return { log, sessions: collectSessions(log, settings) }
}

/** What an encoder is made for. */
export interface EncoderPlace {
  readonly built: Assembled
  readonly numbered: NumberedLog
  readonly options: AssembleOptions
}

/** Trains on these sessions; `validation` are later ones. */
export async function trainOn(
  { built, numbered, options }: EncoderPlace,
  { learning, checkpoint, validation, epochs }: EncoderOptions & Pick<EncoderTask, 'validation'>,
  advance: (done: number, note?: string) => void,
): Promise<LearnedEncoder> {
  const { minCustomers } = options.learning ?? defaultLearning
  return learnEncoder({
    items: built.learnt.groups.length,
    sessions: numbered.sessions,
    settings: learning,
    minCustomers,
    ...(validation && { validation }),
    ...(epochs !== undefined && { lastEpoch: epochs }),
    ...(checkpoint !== undefined && { checkpoint: `${checkpoint}.${validation ? 'chosen' : 'final'}` }),
    onProgress({ done, epoch, loss, secondsLeft, quality }) {
      const found = quality ? `, next item among 20: ${(100 * quality.hr20).toFixed(1)} %` : ''
      advance(done, `epoch ${epoch}, loss ${loss.toFixed(3)}${found}, ${Math.ceil(secondsLeft)} s left`)
    },
  })
}

/** Puts an encoder, and the rows that were trained with it, into a bundle's columns. */
export function putEncoder(
  { built: { learnt, columns }, numbered, options }: EncoderPlace,
  { rows, weights, repeatBonus }: LearnedEncoder,
  { learning: { dims, length }, settings }: EncoderOptions,
): Assembled {
  const { predictionRidge, minCustomers } = options.learning ?? defaultLearning
  const known = rowsInSessions(numbered, columns.ids.length).map((customers) => customers >= minCustomers)
  const filled = Float64Array.from(rows, (value, i) => (known[Math.floor(i / dims)] ? value : 0))
  const content = columns.segments.find(({ name }) => name === 'content')
  if (content) {
    const from = Float64Array.from(content.rows)
    predictRows({ from, fromDims: content.dims, to: filled, toDims: dims, known, ridge: predictionRidge })
  }
  const collaborative = { name: 'collaborative' as const, dims, rows: Float32Array.from(filled) }
  const segments = [collaborative, ...columns.segments.filter(({ name }) => name !== 'collaborative')]
  const changed = {
    ...columns,
    segments,
    settings: { ...columns.settings, sessionLength: length, repeatBonus, ...settings },
    encoder: { kind: 'windowshop' as const, length, ...writeModel(weights, { dims, length }) },
  }
  const predicted = known.filter((isKnown) => !isKnown).length
  return { learnt: { ...learnt, segments, predicted }, columns: { ...changed, generation: hashColumns(changed) } }
}

/** Distinct customers by row whose sessions hold it. */
function rowsInSessions({ sessions }: NumberedLog, rows: number): number[] {
  const customers = Array.from({ length: rows }, () => new Set<number>())
  for (const { user, events } of sessions) for (const { row } of events) customers[row]!.add(user)
  return customers.map(({ size }) => size)
}
