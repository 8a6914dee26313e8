import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { packBundle, type PackInput } from '../bundle/pack.ts'
import { defaultSettings, type Settings } from '../core/settings.ts'
import { WindowshopError } from '../errors.ts'
import { cardUrl, fillTemplate } from './card-url.ts'
import type { CatalogueItem } from './catalogue.ts'
import { catalogueFromLog } from './clean/catalogue-from-log.ts'
import { cleanLog, type CleanLine } from './clean/clean-log.ts'
import { createReport, type CleaningReport } from './clean/report.ts'
import { groupVariants } from './group-variants.ts'
import { chooseHead } from './head-size.ts'
import { learnColumns, type LearnedColumns } from './learn/learn-columns.ts'
import { defaultLearning, type LearningSettings } from './learn/learning-settings.ts'
import { minCustomers } from './privacy.ts'
import { silent, type Progress } from './progress.ts'
import { checkMap, type ColumnMap } from './read/columns.ts'
import { openRows, type OpenedFile } from './read/open-rows.ts'
import { readCatalogue, type CatalogueLines } from './read/read-catalogue.ts'
import { readEvents, type LogLine } from './read/read-events.ts'
import { checkTarget, writeBundle } from './write-bundle.ts'

export interface BuildOptions {
  /** Event log; at least one of `events` and `catalogue` is needed. */
  readonly events?: string
  /** Catalogue; without it, the log's own columns are the catalogue. */
  readonly catalogue?: string
  readonly map?: ColumnMap
  /** Shop's name on shelves and in the manifest. */
  readonly shop?: string
  /** ISO 4217, `EUR` by default. */
  readonly currency?: string
  /** BCP 47, `en` by default. */
  readonly locale?: string
  /** Address of an item without one of its own, `{id}` in it; `/p/{id}` by default. */
  readonly urlTemplate?: string
  /** Address of the picture of an item without one of its own; no picture by default. */
  readonly imageTemplate?: string
  /** Events from this time on (milliseconds since the epoch) are left out: to build as of a day, and to evaluate. */
  readonly until?: number
  readonly settings?: Settings
  readonly learning?: LearningSettings
}

/** What a build read, dropped and wrote; for people and for `--json`. */
export interface BuildSummary {
  readonly items: number
  readonly head: number
  readonly customers: number
  readonly events: { readonly read: number; readonly kept: number }
  readonly dropped: CleaningReport['dropped']
  /** Spellings that were read as another id. */
  readonly joined: number
  readonly catalogue: { readonly lines: number; readonly duplicates: number; readonly incomplete: number }
  /** Items whose collaborative row was predicted from their content. */
  readonly predicted: number
  readonly neighbours: number
  readonly words: number
  readonly bundle: string
  readonly files: number
  readonly bytes: number
}

export interface BuiltBundle extends Awaited<ReturnType<typeof packBundle>> {
  readonly summary: BuildSummary
}

/** Builds a bundle and puts it in the place of what `folder` held before; on any error the folder stays as it was. */
export async function buildInto(folder: string, options: BuildOptions, progress: Progress): Promise<BuildSummary> {
  await checkTarget(folder)
  const { files, summary } = await buildBundle(options, progress)
  progress.stage('Writing')(0)
  await writeBundle(folder, files)
  return summary
}

/** Builds a bundle in memory. The same inputs and options give the same bytes. */
export async function buildBundle(options: BuildOptions, progress: Progress = silent): Promise<BuiltBundle> {
  const { events, catalogue, until = Infinity } = options
  if (events === undefined && catalogue === undefined) {
    throw new WindowshopError('option-invalid', { where: 'build', expected: '--events, --catalogue or both' })
  }
  const { rows, read } = await readInputs(options, progress)

  progress.stage('Cleaning')(0)
  const log = read.filter(({ time }) => !(time >= until))
  const report = createReport()
  const { items, lines } = cleanInputs(log, rows, report)
  if (items.length === 0)
    throw new WindowshopError('input-empty', { where: events ?? '', expected: 'items of five customers or more' })

  const learnt = learnInputs(items, lines, options, progress)
  progress.stage('Packing')(0)
  const columns = packColumns(learnt, options)
  const withData: Omit<PackInput, 'head'> = {
    ...columns,
    generation: hashColumns(columns),
    settings: options.settings ?? defaultSettings,
    data: describeData(learnt, lines),
    quality: {},
  }
  const head = await chooseHead(withData)
  const packed = await packBundle({ ...withData, head })
  progress.end()
  return {
    ...packed,
    summary: {
      items: learnt.groups.length,
      head,
      customers: learnt.customers,
      events: { read: log.length, kept: lines.length },
      dropped: report.dropped,
      joined: report.joined.size,
      catalogue: {
        lines: rows ? rows.items.length + rows.duplicates + rows.incomplete : 0,
        duplicates: rows?.duplicates ?? 0,
        incomplete: rows?.incomplete ?? 0,
      },
      predicted: learnt.predicted,
      neighbours: learnt.neighbours.rows.length,
      words: learnt.terms.words.length,
      bundle: packed.manifest.bundle,
      files: packed.files.size,
      bytes: [...packed.files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
    },
  }
}

/** The catalogue, undefined without one, and the log, empty without one. */
async function readInputs(
  { events, catalogue, map = {} }: BuildOptions,
  progress: Progress,
): Promise<{ rows: CatalogueLines | undefined; read: LogLine[] }> {
  const listed = catalogue === undefined ? [] : [await openInput(catalogue, progress, 'Reading the catalogue')]
  const rows = listed[0] && (await readCatalogue(listed[0], map))
  const logged = events === undefined ? [] : [await openInput(events, progress, 'Reading events')]
  const read = logged[0] ? await readEvents(logged[0], { map, carriesCatalogue: !rows }) : []
  checkMap(map, [...listed, ...logged])
  return { rows, read }
}

/** Opens a file for a stage of its own, whose progress is the share of its bytes. */
async function openInput(file: string, progress: Progress, stage: string): Promise<OpenedFile> {
  const advance = progress.stage(stage)
  const { size } = await stat(file).catch(() => ({ size: 1 }))
  let done = 0
  return openRows(file, (bytes) => advance((done += bytes) / size))
}

function cleanInputs(
  log: readonly LogLine[],
  catalogue: CatalogueLines | undefined,
  report: CleaningReport,
): { items: readonly CatalogueItem[]; lines: readonly CleanLine[] } {
  const known = catalogue && new Set(catalogue.items.map(({ id }) => id))
  const lines = cleanLog(log, report, known)
  const items = catalogue?.items ?? catalogueFromLog(lines, report)
  const listed = known ?? new Set(items.map(({ id }) => id))
  const about = lines.filter(({ item, line }) => {
    if (listed.has(item)) return true
    if (known) report.drop('unknown-item', line)
    return false
  })
  return { items, lines: about }
}

function learnInputs(
  items: readonly CatalogueItem[],
  lines: readonly CleanLine[],
  { learning = defaultLearning }: BuildOptions,
  progress: Progress,
): LearnedColumns {
  const onProgress = progress.stage('Learning')
  return learnColumns(groupVariants(items, countVisitors(lines)), lines, { settings: learning, onProgress })
}

/** Distinct customers by item, where they are enough to count. */
function countVisitors(lines: readonly CleanLine[]): ReadonlyMap<string, number> {
  const visitors = new Map<string, Set<string>>()
  for (const { item, user } of lines) visitors.set(item, (visitors.get(item) ?? new Set()).add(user))
  return new Map([...visitors].flatMap(([item, { size }]) => (size >= minCustomers ? [[item, size]] : [])))
}

type Columns = Omit<PackInput, 'head' | 'generation' | 'settings' | 'data' | 'quality'>

function packColumns(
  { groups, segments, priors, neighbours, terms, unavailable }: LearnedColumns,
  { shop = 'Shop', currency = 'EUR', locale = 'en', urlTemplate = '/p/{id}', imageTemplate = '' }: BuildOptions,
): Columns {
  const items = groups.map(({ item }) => item)
  return {
    shop,
    currency,
    locale,
    segments,
    priors,
    neighbours,
    unavailable,
    ...(terms.words.length > 0 && { terms }),
    ids: items.map(({ id }) => id),
    aliases: groups.map(({ item, ids }) => ids.filter((id) => id !== item.id)),
    titles: items.map(({ title }) => title),
    urls: items.map(({ id, url }) => cardUrl(url) ?? fillTemplate(urlTemplate, id)),
    images: items.map(({ id, image }) => cardUrl(image) ?? fillTemplate(imageTemplate, id)),
    prices: Float32Array.from(items, ({ price }) => (price > 0 ? price : NaN)),
    categories: items.map(({ category }) => category),
    brands: items.map(({ brand }) => brand),
  }
}

/** The generation is what its row order and vector space are: a hash of both. */
function hashColumns({ ids, segments }: Columns): string {
  const hash = createHash('sha256').update(JSON.stringify(ids))
  for (const { rows } of segments) hash.update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
  return hash.digest('hex').slice(0, 16)
}

/** Round numbers and days only: a bundle is public. */
function describeData({ customers }: LearnedColumns, lines: readonly CleanLine[]): PackInput['data'] {
  const day = (line: CleanLine | undefined) => (line ? new Date(line.time).toISOString().slice(0, 10) : '')
  if (lines.length === 0) return {}
  return {
    events: roundCount(lines.length),
    customers: roundCount(customers),
    from: day(lines[0]),
    to: day(lines.at(-1)),
  }
}

/** One significant digit. */
function roundCount(count: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, count)))
  return Math.floor(count / power) * power
}
