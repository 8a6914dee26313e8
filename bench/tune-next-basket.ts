import { parseArgs } from 'node:util'
import { catalogueFromLog } from '../src/builder/clean/catalogue-from-log.ts'
import { cleanLog } from '../src/builder/clean/clean-log.ts'
import { createReport } from '../src/builder/clean/report.ts'
import { groupVariants } from '../src/builder/group-variants.ts'
import { learnColumns, indexIds, type LearnedColumns } from '../src/builder/learn/learn-columns.ts'
import { defaultLearning, type LearningSettings } from '../src/builder/learn/learning-settings.ts'
import { openRows } from '../src/builder/read/open-rows.ts'
import { readEvents } from '../src/builder/read/read-events.ts'
import { defaultSettings } from '../src/core/settings.ts'
import { splitInTime } from './online-retail/next-items.ts'
import { onlineRetail, onlineRetailMap, readPurchases } from './online-retail/purchases.ts'

// Chooses the builder's defaults on the validation days alone: learns with each setting that is given, and tries all
// weights of the query on the float rows. `--learn '{"collaborative":{"alpha":5}}'` may stand several times.
const { values } = parseArgs({ options: { learn: { type: 'string', multiple: true, default: ['{}'] } } })
const split = splitInTime(readPurchases(), { days: 30, skip: 30 })
const read = await readEvents(await openRows(onlineRetail), { map: onlineRetailMap, carriesCatalogue: true })
const report = createReport()
const cleaned = cleanLog(
  read.filter(({ time }) => time < split.cutoff),
  report,
)
const items = catalogueFromLog(cleaned, report)
const listed = new Set(items.map(({ id }) => id))
const lines = cleaned.filter(({ item }) => listed.has(item))

interface Query {
  readonly halfLifeDays: number
  readonly content: number
  readonly popularity: number
  readonly trend: number
}

for (const change of values.learn) {
  const settings = merge(defaultLearning, JSON.parse(change))
  const learnt = learnColumns(groupVariants(items, new Map()), lines, { settings })
  let best: { query: Query; recall: number; ndcg: number } | undefined
  for (const halfLifeDays of [45, 90, 180]) {
    const parts = scoreParts(learnt, halfLifeDays)
    for (const content of [0.15, 0.3, 0.5, 0.8]) {
      for (const popularity of [0, 0.1, 0.2, 0.4]) {
        for (const trend of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
          const query = { halfLifeDays, content, popularity, trend }
          const quality = evaluate(learnt, parts, query)
          if (!best || quality.recall + quality.ndcg > best.recall + best.ndcg) best = { query, ...quality }
        }
      }
    }
  }
  console.log(change, JSON.stringify(best))
}

function merge(base: LearningSettings, change: Record<string, unknown>): LearningSettings {
  const merged = Object.entries(change).map(([key, value]) => {
    const old = base[key as keyof LearningSettings]
    return [key, typeof old === 'object' ? { ...old, ...(value as object) } : value]
  })
  return { ...base, ...Object.fromEntries(merged) }
}

/** Per case, the scores of all rows by segment, for a profile of this half-life. */
function scoreParts({ groups, segments }: LearnedColumns, halfLifeDays: number): Float64Array[][] {
  const rowOf = indexIds(groups)
  return split.cases.map(({ history }) =>
    segments.map(({ rows, dims }) => {
      const profile = new Float64Array(dims)
      const seen = new Set<string>()
      for (const { item, time, order } of history) {
        const row = rowOf(item)
        if (row === undefined || seen.has(`${order} ${item}`)) continue
        seen.add(`${order} ${item}`)
        const weight = 2 ** ((time - split.cutoff) / (halfLifeDays * 86_400_000))
        for (let d = 0; d < dims; d++) profile[d]! += weight * rows[row * dims + d]!
      }
      const norm = Math.sqrt(profile.reduce((sum, value) => sum + value * value, 0)) || 1
      const scores = new Float64Array(groups.length)
      for (let row = 0; row < groups.length; row++) {
        for (let d = 0; d < dims; d++) scores[row]! += (profile[d]! * rows[row * dims + d]!) / norm
      }
      return scores
    }),
  )
}

function evaluate({ groups, priors }: LearnedColumns, parts: Float64Array[][], query: Query) {
  const bias = Float64Array.from(
    groups,
    (_, row) => query.popularity * priors.popularity![row]! + query.trend * priors.trend![row]!,
  )
  const rowOf = indexIds(groups)
  let recall = 0
  let ndcg = 0
  for (const [at, { history, wanted }] of split.cases.entries()) {
    const [collaborative, content] = parts[at] as [Float64Array, Float64Array]
    const weight = defaultSettings.profile
    const bought = new Set(history.flatMap(({ item }) => rowOf(item) ?? []))
    const scores = bias.map((value, row) => value + weight * (collaborative[row]! + query.content * content[row]!))
    const top: number[] = []
    for (let row = 0; row < scores.length; row++) {
      if (bought.has(row) || (top.length === 20 && scores[row]! <= scores[top[19]!]!)) continue
      let place = top.length
      while (place > 0 && scores[top[place - 1]!]! < scores[row]!) place--
      top.splice(place, 0, row)
      if (top.length > 20) top.pop()
    }
    let hits = 0
    let gain = 0
    for (const [rank, row] of top.entries()) {
      if (!wanted.has(groups[row]!.item.id)) continue
      hits++
      gain += 1 / Math.log2(rank + 2)
    }
    let ideal = 0
    for (let rank = 0; rank < Math.min(20, wanted.size); rank++) ideal += 1 / Math.log2(rank + 2)
    recall += hits / wanted.size
    ndcg += gain / ideal
  }
  return { recall: recall / split.cases.length, ndcg: ndcg / split.cases.length }
}
