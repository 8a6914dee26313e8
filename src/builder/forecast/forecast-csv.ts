import { csvCell } from '../csv-cell.ts'
import type { DemandForecast } from './forecast-demand.ts'
import { horizon } from './methods.ts'

/** Items that are forecast, one a line, for spreadsheets: RFC 4180, UTF-8. */
export function forecastCsv({ items }: DemandForecast): string {
  const weeks = Array.from({ length: horizon }, (_, week) => `week_${week + 1}`)
  const head = ['id', 'title', 'last_4_weeks', ...weeks, 'likely', 'average', 'enough']
  const lines = items.map(({ id, title, past, weeks: next, likely, average, enough }) => {
    const last = past.slice(-horizon).reduce((sum, units) => sum + units, 0)
    return [csvCell(id), csvCell(title), last, ...next, likely, average, enough]
  })
  return [head, ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}
