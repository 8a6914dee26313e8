import type { DemandForecast } from './forecast-demand.ts'
import { horizon } from './methods.ts'

/** Items that are forecast, one a line, for spreadsheets: RFC 4180, UTF-8. */
export function forecastCsv({ items }: DemandForecast): string {
  const weeks = Array.from({ length: horizon }, (_, week) => `week_${week + 1}`)
  const head = ['id', 'title', 'last_4_weeks', ...weeks, 'likely', 'average', 'enough']
  const lines = items.map(({ id, title, past, weeks: next, likely, average, enough }) => {
    const last = past.slice(-horizon).reduce((sum, units) => sum + units, 0)
    return [text(id), text(title), last, ...next, likely, average, enough]
  })
  return [head, ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}

/** Spreadsheets take what begins with one of these for a formula; behind an apostrophe it is text (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r]/

function text(value: string): string {
  const shown = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown
}
