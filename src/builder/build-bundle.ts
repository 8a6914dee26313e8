import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packBundle, type PackInput } from '../bundle/pack.ts'
import { readRules } from '../bundle/parse-rules.ts'
import type { Rule } from '../core/rule.ts'
import { WindowshopError } from '../errors.ts'
import type { CleanLine } from './clean/clean-log.ts'
import { createReport, type CleaningReport } from './clean/report.ts'
import { chooseHead } from './head-size.ts'
import type { LearnedColumns } from './learn/learn-columns.ts'
import { defaultLearning } from './learn/learning-settings.ts'
import { measureQuality, type QualitySummary } from './measure-quality.ts'
import { silent, type Progress } from './progress.ts'
import { readRulesFile } from './rules/read-rules-file.ts'
import { filesWithRules } from './rules/with-rules.ts'
import { cleanInputs, readInputs, type InputFiles } from './read-inputs.ts'
import { roundCount } from './round-count.ts'
import { assembleBundle, type AssembleWithEncoder } from './with-encoder.ts'
import { checkTarget, writeBundle } from './write-bundle.ts'

export interface BuildOptions extends InputFiles, AssembleWithEncoder {
  /** Events from this time on (milliseconds since the epoch) are left out: to build as of a day, and to evaluate. */
  readonly until?: number
  /** Measure on the log's last days how good such a bundle is; takes about as long as the build itself. */
  readonly measure?: boolean
  /** File of the shop's rules; without one, the rules of the bundle that is replaced stay. */
  readonly rules?: string
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
  await checkTarget(folder)
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

  progress.stage('Cleaning')(0)
  const log = read.filter(({ time }) => !(time >= until))
  const report = createReport()
  const { items, lines } = cleanInputs(log, rows, report)
  if (items.length === 0)
    throw new WindowshopError('input-empty', {
      where: options.events ?? '',
      expected: 'items of five customers or more',
    })

  const { learnt, columns, encoder, chosenBy } = await assembleBundle({ items, lines }, options, progress)
  const measured = options.measure
    ? await measureQuality(
        { log, catalogue: rows },
        {
          ...options,
          encoder,
          seed: (options.learning ?? defaultLearning).seed,
          onProgress: progress.stage('Measuring on the last days'),
        },
      )
    : {}
  const quality = { ...measured, ...chosenBy }
  progress.stage('Packing')(0)
  const withData = { ...columns, data: describeData(learnt, lines), quality }
  const head = await chooseHead(withData)
  const packed = await packBundle({ ...withData, head })
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
      words: learnt.terms.words.length,
      encoder: columns.encoder !== undefined,
      quality,
      bundle: manifest.bundle,
      files: files.size,
      bytes: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
    },
  }
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
