import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packBundle, type PackInput } from '../bundle/pack.ts'
import { readRules } from '../bundle/parse-rules.ts'
import type { Rule } from '../core/rule.ts'
import { WindowshopError } from '../errors.ts'
import type { CleanLine } from './clean/clean-log.ts'
import { addDeltas } from './delta/add-deltas.ts'
import { updateSize, type UpdateSize } from './delta/update-size.ts'
import { openGeneration } from './generation/generation.ts'
import { readPreviousBundle, type PreviousBundle } from './generation/previous-bundle.ts'
import { dayMs } from './learn/interactions.ts'
import type { LogLine } from './read/read-events.ts'
import type { ForeignEncoder } from './read-foreign-encoder.ts'
import { readUsers } from './read/read-users.ts'
import { createReport, type CleaningReport } from './clean/report.ts'
import { chooseHead, keepHead } from './head-size.ts'
import type { LearnedColumns } from './learn/learn-columns.ts'
import { defaultLearning } from './learn/learning-settings.ts'
import { isNgram } from '../core/words.ts'
import { measureQuality, type QualitySummary } from './measure-quality.ts'
import { searchQuality } from './measure-search.ts'
import { silent, type Progress } from './progress.ts'
import { readRulesFile } from './rules/read-rules-file.ts'
import { filesWithRules } from './rules/with-rules.ts'
import { cleanInputs, readInputs, type InputFiles } from './read-inputs.ts'
import { roundCount } from './round-count.ts'
import { assembleBundle, type AssembleWithEncoder } from './with-encoder.ts'
import { checkBundleTarget, writeBundle } from './write-bundle.ts'

export interface BuildOptions extends InputFiles, AssembleWithEncoder {
  /** Events from this time on (milliseconds since the epoch) are left out: to build as of a day, and to evaluate. */
  readonly until?: number
  /** Measure on the log's last days how good such a bundle is; takes about as long as the build itself. */
  readonly measure?: boolean
  /** File of the shop's rules; without one, the rules of the bundle that is replaced stay. */
  readonly rules?: string
  /** Folder of an older bundle, whose generation goes on: its row order and space stay, and the bytes of what hardly changed. */
  readonly previous?: string
  /** Begin a new generation although there is a previous bundle. */
  readonly retrain?: boolean
  /** File of customers whose events are left out; begins a new generation, as the older one may rest on them. */
  readonly forget?: string
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
  /** Measured on the log's last days; empty where that was not asked for, or too few customers came again. */
  readonly quality: QualitySummary
  /** What the step from the previous bundle costs a visitor, and why its generation ended, where it did. */
  readonly update?: UpdateSize & { readonly because?: string }
  /** Customers who were asked to be forgotten, and of those the ones that the log knew. */
  readonly forgotten?: { readonly asked: number; readonly found: number }
  /** Whether an encoder weighs the events of a session. */
  readonly encoder: boolean
  readonly bundle: string
  readonly files: number
  readonly bytes: number
}

export interface BuiltBundle extends Awaited<ReturnType<typeof packBundle>> {
  readonly summary: BuildSummary
}

/** Builds a bundle and puts it in the place of what `folder` held before; on any error the folder stays as it was. */
export async function buildInto(folder: string, options: BuildOptions, progress: Progress): Promise<BuildSummary> {
  await checkBundleTarget(folder)
  const before = options.rules === undefined ? await keptRules(folder) : undefined
  const { files, summary, manifest } = await buildBundle(options, progress)
  if (before) for (const [name, bytes] of (await filesWithRules(manifest, before)).files) files.set(name, bytes)
  progress.stage('Writing')(0)
  await writeBundle(folder, files)
  return summary
}

/** The rules of the bundle that lies in a folder; undefined where there are none that can be read. */
async function keptRules(folder: string): Promise<readonly Rule[] | undefined> {
  const bytes = await readFile(join(folder, 'rules.json')).catch(() => undefined)
  try {
    return bytes && readRules(bytes)
  } catch {
    return undefined
  }
}

/** Builds a bundle in memory. The same inputs and options give the same bytes. */
export async function buildBundle(options: BuildOptions, progress: Progress = silent): Promise<BuiltBundle> {
  const { until = Infinity } = options
  const rules = options.rules === undefined ? undefined : await readRulesFile({ ...options, rules: options.rules })
  const { rows, read } = await readInputs(options, progress)

  const previous = options.previous === undefined ? undefined : await readPreviousBundle(options.previous)
  const forgotten = options.forget === undefined ? undefined : await readUsers(options.forget, options.map ?? {})
  const because = reasonToBegin(options, previous)

  progress.stage('Cleaning')(0)
  const isForgotten = ({ user }: LogLine) => user !== undefined && forgotten?.has(user)
  const log = read.filter((line) => !(line.time >= until) && !isForgotten(line))
  const report = createReport()
  const { items, lines } = cleanInputs(log, rows, report)
  if (items.length === 0)
    throw new WindowshopError('input-empty', {
      where: options.events ?? '',
      expected: 'items of five customers or more',
    })

  const generation = previous && !because ? openGeneration(previous) : undefined
  const { learnt, columns, encoder, chosenBy } = await assembleBundle(
    { items, lines },
    // Rows that are trained with an encoder have a space of their own: a generation without one goes on without.
    { ...options, generation, encoder: generation && !isForeign(options.encoder) ? false : (options.encoder ?? false) },
    progress,
  )
  // Factors that were trained on the days to measure on know the answers.
  const measured =
    options.measure && !options.factors
      ? await measureQuality(
          { log, catalogue: rows },
          {
            ...options,
            encoder,
            seed: (options.learning ?? defaultLearning).seed,
            step: previous && !because ? daysSince(previous, lines) : undefined,
            onProgress: progress.stage('Measuring on the last days'),
          },
        )
      : {}
  const search =
    options.measure && columns.terms ? await searchQuality(columns, (options.learning ?? defaultLearning).seed) : {}
  const quality = { ...measured, ...search, ...chosenBy }
  progress.stage('Packing')(0)
  const withData = { ...columns, data: describeData(learnt, lines), quality }
  const { continued } = learnt
  const older = previous && continued && 'id' in continued ? previous.manifest : undefined
  const head = await (older && older.head < older.items ? keepHead(withData, older.head) : chooseHead(withData))
  const whole = await packBundle({ ...withData, head, sequence: older ? older.sequence + 1 : 0 })
  const packed = previous ? await addDeltas(whole, previous) : whole
  const { manifest, files: ruled } = rules ? await filesWithRules(packed.manifest, rules) : { ...packed, files: [] }
  const files = new Map([...packed.files, ...ruled])
  progress.end()
  return {
    manifest,
    files,
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
      words: learnt.terms.words.filter((word) => !isNgram(word)).length,
      encoder: columns.encoder !== undefined,
      quality,
      ...(previous && {
        update: { ...updateSize({ manifest, files }, previous.manifest), ...brokenBecause(because, continued) },
      }),
      ...(forgotten && {
        forgotten: { asked: forgotten.size, found: new Set(read.filter(isForgotten).map(({ user }) => user)).size },
      }),
      bundle: manifest.bundle,
      files: files.size,
      bytes: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
    },
  }
}

/** Why a generation shall not go on; undefined where it may. */
function reasonToBegin({ retrain, forget }: BuildOptions, previous: PreviousBundle | undefined): string | undefined {
  if (retrain) return 'a retrain was asked for'
  if (forget !== undefined) return 'customers were forgotten'
  return previous?.manifest.encoder?.kind === 'windowshop'
    ? 'rows and encoder are trained together, from the beginning'
    : undefined
}

function isForeign(encoder: BuildOptions['encoder']): encoder is ForeignEncoder {
  return typeof encoder === 'object' && 'kind' in encoder
}

function brokenBecause(because: string | undefined, continued: LearnedColumns['continued']): { because?: string } {
  const reason = because ?? (continued && 'because' in continued ? continued.because : undefined)
  return reason === undefined ? {} : { because: reason }
}

/** Days by which a log has grown since a bundle was built, at least 1; undefined where the bundle does not say. */
function daysSince({ manifest }: PreviousBundle, lines: readonly CleanLine[]): number | undefined {
  const then = Date.parse(String(manifest.data['to']))
  const now = Math.floor((lines.at(-1)?.time ?? NaN) / dayMs) * dayMs
  const days = (now - then) / dayMs
  return Number.isNaN(days) ? undefined : Math.max(1, days)
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
