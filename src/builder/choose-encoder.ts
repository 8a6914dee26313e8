import type { PackInput } from '../bundle/pack.ts'
import type { Settings } from '../core/settings.ts'
import { assembleColumns } from './assemble-bundle.ts'
import type { AssembleOptions } from './pack-columns.ts'
import type { EncoderOptions } from './encoder-options.ts'
import { meanOf } from './evaluate/bootstrap.ts'
import { exceedsChance } from './evaluate/exceeds-chance.ts'
import { nextItemCases, reciprocalRanks, searchQuery, type QueryGrid } from './learn/choose-query.ts'
import { openShop } from './open-shop.ts'
import type { Progress } from './progress.ts'
import type { CleanInputs } from './read-inputs.ts'
import { numberSessions, putEncoder, trainOn } from './encoder-columns.ts'

/** Share of the sessions, the last ones, on which an encoder is judged, and how many moments of them at most. */
const validationShare = 0.1
const validationCases = 1000
/** One moment in so many chooses the queries, the others compare what was chosen. */
const choosing = 4
const grid: QueryGrid = [
  ['profile', [0, 0.2, 0.4, 0.8]],
  ['trend', [0, 0.03, 0.1, 0.3]],
  ['popularity', [0, 0.03]],
]

export interface ChosenEncoder {
  /** After which epoch it was best. */
  readonly epochs: number
  readonly settings: Partial<Settings>
  /** For the manifest. */
  readonly chosenBy: PackInput['quality']
}

/**
 * Trains on all but the last sessions, and compares on these, as served and each with its best query, the encoder with the age of
 * events over factors; undefined where the encoder does not find more of what came next, by more than chance may. Content stays out of
 * the comparison, and keeps its weight: it finds less of what comes next, and makes shelves worth more (docs/training.md).
 */
export async function chooseEncoder(
  { items, lines }: CleanInputs,
  options: AssembleOptions,
  encoder: EncoderOptions,
  progress: Progress,
): Promise<ChosenEncoder | undefined> {
  const cutoff = startOfValidation(lines)
  const earlier = { items, lines: lines.filter(({ time }) => time < cutoff) }
  const built = assembleColumns(earlier, options, progress.stage('Learning, to compare'))
  const numbered = numberSessions(earlier.lines, built, options)
  // Numbered by the rows of what was learned before, unknown ones left out.
  const whole = numberSessions(lines, built, options)
  const validation = whole.sessions.filter(({ events }) => events[0]!.time >= cutoff)
  const moments = nextItemCases(whole.log, validation, validationCases)
  const cases = moments.filter((_, i) => i % choosing === 0)
  const others = moments.filter((_, i) => i % choosing !== 0)
  if (others.length === 0 || !built.columns.segments.some(({ name }) => name === 'collaborative')) return undefined
  const place = { built, numbered, options }
  const learned = await trainOn(place, { ...encoder, validation }, progress.stage('Training, to compare'))
  progress.stage('Comparing')(0)
  const { shop: plain } = await openShop(built.columns)
  const byAge = await searchQuery(plain, cases, { start: { content: 0 }, grid })
  const { shop } = await openShop(putEncoder(place, learned, encoder).columns)
  const byEncoder = await searchQuery(shop, cases, { start: { content: 0, trend: 0, popularity: 0 }, grid })
  const found = await reciprocalRanks(shop, others, byEncoder)
  const foundByAge = await reciprocalRanks(plain, others, byAge)
  if (!exceedsChance(found, foundByAge)) return undefined
  const { content: _, ...settings } = byEncoder
  const quality = { 'next item, MRR@20': meanOf(found), 'next item by age, MRR@20': meanOf(foundByAge) }
  return {
    epochs: learned.epochs,
    settings,
    chosenBy: Object.fromEntries(Object.entries(quality).map(([name, value]) => [name, Math.round(value * 1e4) / 1e4])),
  }
}

/** The time from which on the last tenth of the log's events lies. */
function startOfValidation(lines: CleanInputs['lines']): number {
  return lines[Math.floor(lines.length * (1 - validationShare))]?.time ?? Infinity
}
