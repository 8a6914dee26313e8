import type { DemandForecast } from './forecast-demand.ts'

const shown = 10

/** A forecast for people. */
export function formatForecast(forecast: DemandForecast): string {
  const { items, held_out: held, from, to, method, shop } = forecast
  const count = (n: number) => Math.round(n).toLocaleString('en')
  const share = (value: number) => `${(100 * value).toFixed(1)} %`
  const total = items.reduce((sum, { average }) => sum + average, 0)
  const [own, rival] = [held.methods[held.chosen]!, held.methods[held.rival]!]
  const { value, interval } = held.gain
  const table = items
    .slice(0, shown)
    .map(({ id, title, likely, average, enough }) => [id, title.slice(0, 40), ...[likely, average, enough].map(count)])
  const rows = [['', '', 'likely', 'average', 'enough'], ...table]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return [
    `${count(items.length)} items, ${shop.length} weeks of sales; next four weeks, ${from} to ${to}: ${count(total)} units on average`,
    `by: ${method}`,
    `held out, ${held.from} to ${held.to}: off by ${share(own.wape)} of what was sold (${held.chosen})`,
    `  ${held.rival}: ${share(rival.wape)}; less by ${share(value)} (${share(interval[0])} to ${share(interval[1])})`,
    `  what should have been enough in nine of ten cases was in ${share(held.enough)}`,
    ...rows.map((row) =>
      row
        .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  '),
    ),
    ...(items.length > shown ? [`and ${count(items.length - shown)} more`] : []),
  ].join('\n')
}
