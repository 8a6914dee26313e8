import type { BuildSummary } from './build-bundle.ts'
import { dropReasons } from './clean/report.ts'

/** A build's summary for people. */
export function formatSummary(summary: BuildSummary, folder: string): string {
  const { items, head, customers, events, catalogue, dropped, joined, predicted, neighbours, words, quality } = summary
  const { update, forgotten } = summary
  const count = (n: number) => n.toLocaleString('en')
  const lines = [
    `${count(items)} items, ${count(customers)} customers, ${count(events.kept)} of ${count(events.read)} events kept`,
  ]
  for (const { reason, count: n, line } of dropped) {
    lines.push(`  ${count(n).padStart(9)} dropped: ${dropReasons[reason]} (line ${line})`)
  }
  if (joined > 0) lines.push(`  ${count(joined).padStart(9)} spellings of an id were read as another`)
  if (catalogue.duplicates > 0)
    lines.push(`  ${count(catalogue.duplicates).padStart(9)} catalogue lines replaced by later ones`)
  if (catalogue.incomplete > 0)
    lines.push(`  ${count(catalogue.incomplete).padStart(9)} catalogue lines without an id or title`)
  const { question, from, to } = quality
  if (question !== undefined) {
    const share = (name: string) => `${(100 * Number(quality[name])).toFixed(1)} %`
    lines.push(
      `learned without ${from} to ${to}, it finds ${share('recall@20')} of ${question} (best sellers: ${share('recall@20 of best sellers')})`,
    )
  }
  if (forgotten)
    lines.push(`${count(forgotten.found)} of ${count(forgotten.asked)} customers to forget were in the log`)
  if (update) {
    const share = ((100 * update.again) / update.bytes).toFixed(1)
    lines.push(
      update.because === undefined ? 'goes on from the previous bundle' : `begins a new generation: ${update.because}`,
      `whoever has kept the previous bundle downloads ${count(update.again)} of ${count(update.bytes)} bytes again (${share} %)`,
    )
    const [own, anew] = [quality['recall@20'], quality['recall@20 learned anew']].map(Number) as [number, number]
    if (anew > 0) {
      const loss = (100 * (1 - own / anew)).toFixed(1)
      lines.push(
        `such a step keeps recall@20 at ${own.toFixed(4)}, learned anew it would be ${anew.toFixed(4)}: a loss of ${loss} %`,
      )
    }
  }
  lines.push(
    `${count(predicted)} rows predicted from content, ${count(neighbours)} bought-together pairs, ${count(words)} words`,
    ...(summary.encoder ? ['an encoder weighs the events of a session'] : []),
    ...Object.entries(summary.quality).map(([name, value]) => `  ${value}: ${name}`),
    `bundle ${summary.bundle} in ${folder}: ${summary.files} files, ${count(summary.bytes)} bytes, ${count(head)} items in the head`,
  )
  return lines.join('\n')
}
