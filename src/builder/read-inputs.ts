import { stat } from 'node:fs/promises'
import { WindowshopError } from '../errors.ts'
import type { CatalogueItem } from './catalogue.ts'
import { catalogueFromLog } from './clean/catalogue-from-log.ts'
import { cleanLog, type CleanLine } from './clean/clean-log.ts'
import type { CleaningReport } from './clean/report.ts'
import type { Progress } from './progress.ts'
import { checkMap, type ColumnMap } from './read/columns.ts'
import { openRows, type OpenedFile } from './read/open-rows.ts'
import { readCatalogue, type CatalogueLines } from './read/read-catalogue.ts'
import { readEvents, type LogLine } from './read/read-events.ts'

export interface InputFiles {
  /** Event log; at least one of `events` and `catalogue` is needed. */
  readonly events?: string
  /** Catalogue; without it, the log's own columns are the catalogue. */
  readonly catalogue?: string
  readonly map?: ColumnMap
}

/** A cleaned log of items that the catalogue lists, oldest first. */
export interface CleanInputs {
  readonly items: readonly CatalogueItem[]
  readonly lines: readonly CleanLine[]
}

/** The catalogue, undefined without one, and the log, empty without one. */
export async function readInputs(
  { events, catalogue, map = {} }: InputFiles,
  progress: Progress,
): Promise<{ rows: CatalogueLines | undefined; read: LogLine[] }> {
  if (events === undefined && catalogue === undefined) {
    throw new WindowshopError('option-invalid', { where: 'input', expected: '--events, --catalogue or both' })
  }
  const listed = catalogue === undefined ? [] : [await openInput(catalogue, progress, 'Reading the catalogue')]
  const rows = listed[0] && (await readCatalogue(listed[0], map))
  const logged = events === undefined ? [] : [await openInput(events, progress, 'Reading events')]
  const read = logged[0] ? await readEvents(logged[0], { map, carriesCatalogue: !rows }) : []
  checkMap(map, [...listed, ...logged])
  return { rows, read }
}

/** A log of which no catalogue is wanted: it needs no titles. */
export async function readLog(
  { events, map = {} }: Pick<InputFiles, 'map'> & { readonly events: string },
  progress: Progress,
): Promise<LogLine[]> {
  const opened = await openInput(events, progress, 'Reading events')
  const read = await readEvents(opened, { map, carriesCatalogue: false })
  checkMap(map, [opened])
  return read
}

/** Opens a file for a stage of its own, whose progress is the share of its bytes. */
async function openInput(file: string, progress: Progress, stage: string): Promise<OpenedFile> {
  const advance = progress.stage(stage)
  const { size } = await stat(file).catch(() => ({ size: 1 }))
  let done = 0
  return openRows(file, (bytes) => advance((done += bytes) / size))
}

export function cleanInputs(
  log: readonly LogLine[],
  catalogue: CatalogueLines | undefined,
  report: CleaningReport,
): CleanInputs {
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
