import type { Language } from './options.ts'

/** Numbers, money, times and sizes in the visitor's language. */
export interface Format {
  count(value: number): string
  money(value: number, currency: string): string
  /** Milliseconds, with as many digits as they deserve; zero is what the browser's clock is too coarse to tell. */
  milliseconds(value: number): string
  bytes(value: number): string
  /** A share of 0 to 1 as a percentage. */
  share(value: number): string
  /** A setting: three decimals at most. */
  setting(value: number): string
  /** A cosine: three decimals, so that a column of them lines up. */
  cosine(value: number): string
  /** A contribution to a score, signed. */
  contribution(value: number): string
  /** "3 minutes ago". */
  ago(time: number, now: number): string
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/** What browsers round times to on a page that is not isolated from others, in milliseconds. */
const clockTick = 0.1

export function createFormat(language: Language): Format {
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(language, options)
    return (value: number) => format.format(value)
  }
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  const finest = number({ minimumFractionDigits: 1, maximumFractionDigits: 3 })
  const fine = number({ minimumFractionDigits: 1, maximumFractionDigits: 2 })
  const coarse = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const whole = number({ maximumFractionDigits: 0 })
  const size = (unit: string, digits: number) => number({ style: 'unit', unit, maximumFractionDigits: digits })
  const [bytes, kilobytes, megabytes] = [size('byte', 0), size('kilobyte', 0), size('megabyte', 1)]
  return {
    count: whole,
    money: (value, currency) => number({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' })(value),
    milliseconds(value) {
      if (value === 0) return `<${finest(clockTick)}`
      return (value < clockTick ? finest : value < 1 ? fine : value < 100 ? coarse : whole)(value)
    },
    bytes: (value) => (value < 1e3 ? bytes(value) : value < 1e6 ? kilobytes(value / 1e3) : megabytes(value / 1e6)),
    setting: number({ maximumFractionDigits: 3 }),
    cosine: number({ minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    share: number({ style: 'percent', maximumFractionDigits: 0 }),
    contribution: number({ signDisplay: 'exceptZero', minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    ago(time, now) {
      const [unit, length] = units.find(([, milliseconds]) => now - time >= milliseconds) ?? ['second', Infinity]
      return relative.format(-Math.floor((now - time) / length), unit)
    },
  }
}
