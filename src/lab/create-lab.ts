import { WindowshopError } from '../errors.ts'
import { startScorer } from '../scoring/start-scorer.ts'
import { foldOf, type LabBench } from './bench.ts'
import { decompose } from './decompose.ts'
import { parseRules } from '../bundle/parse-rules.ts'
import { findItems } from './find-items.ts'
import type { LabApi } from './lab-api.ts'
import { personasOf, viewsOf } from './personas.ts'
import { population } from './population.ts'
import { openSource, type OpenedSource } from './open-source.ts'
import { mapOf, projectionOf, type Projection } from './project.ts'
import { previewRules } from './preview-rules.ts'
import { coldStart, replay } from './replay.ts'
import { readReport } from './read-report.ts'
import { readMind } from './read-mind.ts'
import { readTruth, type TrueShopper } from './truth.ts'
import { tune } from './tune.ts'

/** The lab itself, wherever it runs. */
export function createLab(): LabApi {
  let source: (OpenedSource & Pick<LabBench, 'scorer'>) | undefined
  let shopper: Pick<LabBench, 'fold' | 'now'> = { fold: foldOf([]), now: 0 }

  const bench = (): LabBench & OpenedSource => {
    if (!source) throw new WindowshopError('call-refused', { expected: 'open first' })
    return { ...source, ...shopper }
  }

  let truth: readonly TrueShopper[] = []
  let projected: Projection | undefined
  const projection = () => (projected ??= projectionOf(bench().bundle))

  return {
    async open(from) {
      const opened = await openSource(from)
      source?.scorer.close()
      projected = undefined
      source = { ...opened, scorer: startScorer(opened.bundle.table) }
      const { shop, items, segments, priors, settings } = opened.bundle.manifest
      const { categories, brands } = opened.bundle.vocabulary
      const priced = opened.bundle.prices.some((price) => price >= 0)
      return { shop, items, segments, priors, priced, settings, rules: opened.rules, categories, brands }
    },
    async shopper({ events, now }) {
      shopper = { fold: foldOf(events), now }
    },
    tune: async (request) => tune(bench(), request),
    mind: async (change) => readMind(bench(), { files: bench().files, projection: projection(), change }),
    decompose: async (request) => decompose(bench(), request),
    async useRules(rules) {
      bench()
      source = { ...source!, rules: parseRules(rules) }
    },
    previewRules: async (request) => previewRules(bench(), request),
    map: async () => mapOf(bench().bundle, projection()),
    rows: async (rows) => rows.map((row) => bench().bundle.card(row)),
    rowsOf: async (items) => items.map((item) => bench().bundle.rowOf(item) ?? -1),
    async build(catalogue) {
      // Half of the builder: only for those who bring a catalogue.
      const { buildCatalogue } = await import('./build-catalogue.ts')
      return buildCatalogue(catalogue)
    },
    report: readReport,
    replay: async (request) => replay(bench(), request),
    coldStart: async (request) => coldStart(bench(), request),
    async personas(url) {
      truth = await readTruth(url)
      return personasOf(truth).map(({ id, archetype }) => ({ id, archetype }))
    },
    async viewsOf({ persona, now }) {
      const shopper = truth.find(({ id }) => id === persona)
      return shopper ? viewsOf(shopper, now) : []
    },
    population: async (request) => population(bench(), truth, request),
    find: async (text) => findItems(bench().bundle, text),
  }
}
