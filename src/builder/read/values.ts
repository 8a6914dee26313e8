import { WindowshopError } from '../../errors.ts'

/** Where a value stands, for errors. */
export interface Place {
  readonly where: string
  readonly line: number
  readonly column: string
}

const earliest = Date.UTC(1990, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/** Text without outer spaces and control characters; undefined for nothing. */
export function readText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  const text = typeof value === 'string' ? value : typeof value === 'object' ? '' : String(value)
  // oxlint-disable-next-line no-control-regex -- exports carry stray control characters, cards must not
  const clean = text.replaceAll(/[\u0000-\u001F\u007F]+/g, ' ').trim()
  return clean === '' ? undefined : clean
}

/** A number, with or without a currency beside it ("15.00 USD", "£2.55"); undefined for nothing. Throws `input-number`. */
export function readNumber(value: unknown, place: Place): number | undefined {
  if (value === null || value === undefined || value === '') return undefined
  if (typeof value === 'bigint') return Number(value)
  const number = typeof value === 'number' ? value : parseNumber(String(value))
  if (number === undefined) return undefined
  if (!Number.isFinite(number)) {
    throw new WindowshopError('input-number', { ...place, expected: 'a number', got: String(value).slice(0, 40) })
  }
  return number
}

function parseNumber(text: string): number | undefined {
  const bare = text
    .trim()
    .replace(/^(?:[A-Z]{3}\s|\p{Sc})\s*/u, '')
    .replace(/\s*(?:\s[A-Z]{3}|\p{Sc})$/u, '')
  if (bare === '') return undefined
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(bare) ? Number(bare) : NaN
}

/**
 * Milliseconds since the epoch of an ISO 8601 date or date and time (UTC unless it names a zone), or of epoch seconds,
 * milliseconds or microseconds; undefined for nothing. Throws `input-time` for anything else and outside 1990 to 2100.
 */
export function readTime(value: unknown, place: Place): number | undefined {
  if (value === null || value === undefined || value === '') return undefined
  const time = toTime(value)
  if (time === undefined || !(time >= earliest && time < latest)) {
    const got = value instanceof Date ? value.valueOf() : String(value).slice(0, 40)
    throw new WindowshopError('input-time', { ...place, expected: 'ISO 8601 or an epoch, 1990 to 2100', got })
  }
  return time
}

function toTime(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'number' || typeof value === 'bigint') return fromEpoch(Number(value))
  const text = String(value).trim()
  return /^\d{9,17}$/.test(text) ? fromEpoch(Number(text)) : fromIso(text)
}

/** 1990 to 2100 lies between 6e8 and 5e9 in seconds, so the three units cannot be confused. */
function fromEpoch(number: number): number {
  return number < 1e10 ? number * 1000 : number < 1e13 ? number : Math.floor(number / 1000)
}

const isoTime =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s?(?:(Z|UTC)|([+-])(\d\d):?(\d\d)?)?$/

function fromIso(text: string): number | undefined {
  const match = isoTime.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59 || second > 60) return undefined
  const fraction = match[7] ? Math.floor(Number(`0.${match[7]}`) * 1000) : 0
  const offset = match[9]
    ? (Number(match[10]) * 60 + Number(match[11] ?? 0)) * (match[9] === '-' ? -60_000 : 60_000)
    : 0
  return Date.UTC(year, month - 1, day, hour, minute, second, fraction) - offset
}
