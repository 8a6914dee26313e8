import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** The real shop's log that quality is measured on; it is no part of the repository. */
export const onlineRetail = resolve(import.meta.dirname, '../../../shared/data/online-retail/online_retail.csv.gz')

/** How the builder reads its columns. */
export const onlineRetailMap = {
  user: 'CustomerID',
  item: 'StockCode',
  time: 'InvoiceDate',
  quantity: 'Quantity',
  title: 'Description',
  price: 'UnitPrice',
  order: 'InvoiceNo',
} as const

/** A line of goods that a known customer bought. */
export interface Purchase {
  readonly customer: string
  readonly item: string
  readonly order: string
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly title: string
}

/**
 * Reads the log by plain loops that share nothing with the builder: lines of known customers, of positive quantity, whose
 * code has a digit; codes in capitals. Oldest first. Throws an Error that names the file where it is missing.
 */
export function readPurchases(file = onlineRetail): Purchase[] {
  if (!existsSync(file)) {
    throw new Error(
      `${relative(resolve(import.meta.dirname, '../..'), file)} is missing: UCI Online Retail (CC BY 4.0) as gzip CSV, ` +
        'lines of 2010-12-01 to 2011-11-08',
    )
  }
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split(/\r?\n/)
  const purchases: Purchase[] = []
  for (const line of lines.slice(1)) {
    if (line === '') continue
    const [order, code, title, quantity, date, , customer] = fieldsOf(line) as [string, ...string[]]
    if (!customer || !(Number(quantity) > 0) || order.startsWith('C') || !/\d/.test(code!)) continue
    const time = Date.parse(`${date!.replace(' ', 'T')}:00Z`)
    purchases.push({ customer, item: code!.toUpperCase(), order, time, title: title! })
  }
  return purchases.sort((a, b) => a.time - b.time)
}

function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') {
      if (quoted && line[i + 1] === '"') field += line[++i]
      else quoted = !quoted
    } else if (line[i] === ',' && !quoted) {
      fields.push(field)
      field = ''
    } else field += line[i]
  }
  return [...fields, field]
}
