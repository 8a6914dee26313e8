import { csvCell } from '../csv-cell.ts'
import type { ReturnForecast } from './forecast-returns.ts'

/** Customers, one a line, for spreadsheets: RFC 4180, UTF-8. */
export function customersCsv({ customers }: ReturnForecast): string {
  const lines = customers.map(({ id, orders, last, returns }) => [csvCell(id), orders, last, returns])
  return [['id', 'orders', 'last', 'returns'], ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}
