import * as v from 'valibot'
import { segments, type Rule } from '../core/rule.ts'
import { placements } from '../core/shelf.ts'
import { WindowshopError } from '../errors.ts'
import { filterEntries } from './filter-schema.ts'
import { between as number, expectedOf, placeOf } from './manifest.ts'

/** Limits of a set of rules. */
export const ruleLimits = { bytes: 1 << 18, rules: 200, items: 5000, pins: 20 } as const

const itemId = v.pipe(v.string(), v.minLength(1), v.maxLength(128))
const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max))
const oneOrMore = <const T extends readonly string[]>(names: T) =>
  v.optional(v.union([v.picklist(names), v.pipe(v.array(v.picklist(names)), v.maxLength(20))]))

const target = v.pipe(
  v.strictObject({
    ...filterEntries,
    items: v.optional(v.pipe(v.array(itemId), v.maxLength(ruleLimits.items))),
  }),
  v.check((given) => Object.keys(given).length > 0, 'at least one condition'),
)

const moment = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/, 'a day, or a moment with its time zone'),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'a date that exists'),
)

const condition = v.strictObject({
  placement: oneOrMore(placements),
  category: v.optional(v.union([text(1024), v.pipe(v.array(text(1024)), v.maxLength(100))])),
  segment: oneOrMore(segments),
  interest: v.optional(text(1024)),
  from: v.optional(moment),
  to: v.optional(moment),
})

const band = v.pipe(
  v.strictObject({ min: v.optional(number(0, 1e12)), max: v.optional(number(0, 1e12)) }),
  v.check(({ min = 0, max = Infinity }) => min <= max && (min > 0 || max < Infinity), 'min, max or both, min <= max'),
)

/** By kind: what must stand beside it, and what may. */
const kinds = {
  pin: [[], ['at']],
  boost: [['by'], []],
  bury: [['by'], []],
  hide: [[], []],
  cap: [['per'], ['of']],
  price: [[], []],
  priceRatio: [[], []],
} as const
type Kind = keyof typeof kinds

const rule = v.pipe(
  v.strictObject({
    name: text(80),
    when: v.optional(condition),
    pin: v.optional(v.pipe(v.array(itemId), v.minLength(1), v.maxLength(ruleLimits.pins))),
    at: v.optional(v.pipe(number(0, 99), v.integer())),
    boost: v.optional(target),
    bury: v.optional(target),
    by: v.optional(v.pipe(number(0, 1e6), v.gtValue(0))),
    hide: v.optional(target),
    cap: v.optional(v.pipe(number(1, 100), v.integer())),
    per: v.optional(v.picklist(['category', 'brand'])),
    of: v.optional(target),
    price: v.optional(band),
    priceRatio: v.optional(band),
  }),
  v.check(
    (given) => isOneKind(given),
    'one of pin, boost, bury, hide, cap, price, priceRatio, with what belongs to it and nothing else',
  ),
)

const rules = v.pipe(
  v.array(rule),
  v.maxLength(ruleLimits.rules),
  v.check((list) => new Set(list.map(({ name }) => name)).size === list.length, 'every name once'),
)

const file = v.strictObject({ format: v.literal('windowshop-rules/1'), rules })

function isOneKind(given: object): boolean {
  const names = Object.keys(given).filter((name) => !['name', 'when'].includes(name))
  const [kind, ...others] = names.filter((name): name is Kind => name in kinds)
  if (!kind || others.length > 0) return false
  const [needed, welcome] = kinds[kind]
  const beside = names.filter((name) => name !== kind)
  return (
    needed.every((name) => beside.includes(name)) &&
    beside.every((name) => [...needed, ...welcome].includes(name as never))
  )
}

/** Checks rules that a page or a person gives; throws `rules-malformed`. */
export function parseRules(input: unknown, where = 'rules'): Rule[] {
  return check(rules, input, where) as Rule[]
}

/** Reads a published file of rules; throws `rules-malformed`. */
export function readRules(bytes: Uint8Array, where = 'rules.json'): Rule[] {
  if (bytes.length > ruleLimits.bytes)
    throw new WindowshopError('rules-malformed', {
      where,
      expected: `at most ${ruleLimits.bytes} bytes`,
      got: bytes.length,
    })
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw new WindowshopError('rules-malformed', { where, expected: 'JSON' }, { cause: error })
  }
  return check(file, value, where).rules as Rule[]
}

/** The file that a bundle carries. */
export function writeRules(list: readonly Rule[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${JSON.stringify({ format: 'windowshop-rules/1', rules: list }, null, 1)}\n`)
}

function check<const T extends v.GenericSchema>(schema: T, input: unknown, where: string): v.InferOutput<T> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const issue = result.issues[0]
  throw new WindowshopError('rules-malformed', {
    where,
    column: placeOf(issue) ?? 'rules',
    expected: expectedOf(issue),
    got: issue.received.slice(0, 80),
  })
}
