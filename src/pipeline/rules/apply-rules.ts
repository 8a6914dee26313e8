import type { Bundle } from '../../bundle/bundle.ts'
import type { Cap } from '../../core/arrange.ts'
import { complement, createBitmask, hasBit, intersect, unite, type Bitmask } from '../../core/bitmask.ts'
import type { PriceBand, Rule, RuleTarget } from '../../core/rule.ts'
import { filterRows } from '../filter-rows.ts'
import { rowsOf } from '../shopper-rows.ts'
import { ruleHolds } from './rule-holds.ts'
import type { Boosts, RuleContext, ShelfRules, ShopRules } from './shelf-rules.ts'

/** Lists of what the shopper did: a shop's wish may take something off them, and changes nothing else. */
const records: readonly string[] = ['recently-viewed', 'buy-again']

/**
 * Makes rules ready for use; again, when stock or prices of a bundle have changed. In this order: what `hide`, `price` and `priceRatio` leave out is never scored; `boost` and
 * `bury` add up on the score; `cap` limits the arrangement; `pin` has the last word.
 */
export function applyRules(rules: readonly Rule[]): ShopRules {
  const known = new WeakMap<Bundle, Map<RuleTarget, Bitmask>>()
  return (shelf) => {
    const { bundle, request } = shelf
    const targets = known.get(bundle) ?? new Map<RuleTarget, Bitmask>()
    known.set(bundle, targets)
    const context = { ...shelf, targets }
    const isRecord = records.includes(request.placement)
    const held = rules.filter(({ when }) => !when || ruleHolds(when, context))
    const hidden = held.flatMap((rule) => hiddenBy(rule, context) ?? [])
    const boosts: Boost[] = []
    const caps: Cap[] = []
    const pins: Pin[] = []
    for (const rule of isRecord ? [] : held) {
      if ('boost' in rule) boosts.push({ rule: rule.name, by: rule.by, rows: targetRows(rule.boost, context) })
      if ('bury' in rule) boosts.push({ rule: rule.name, by: -rule.by, rows: targetRows(rule.bury, context) })
      if ('cap' in rule) caps.push(toCap(rule, context))
      if ('pin' in rule) pins.push(...toPins(rule, bundle))
    }
    return {
      caps,
      hidden: hidden.length > 0 ? united(hidden, bundle.table.items) : undefined,
      boosts: boosts.length > 0 ? toBoosts(boosts) : undefined,
      contributions: (row) =>
        boosts
          .filter(({ rows }) => hasBit(rows, row))
          .map(({ rule, by }) => ({ contribution: by, describe: () => ({ kind: 'rule', id: rule }) })),
      ...placing(pins),
    }
  }
}

interface Boost {
  readonly rule: string
  readonly by: number
  readonly rows: Bitmask
}

interface Pin {
  readonly row: number
  /** Place on the shelf, from 0. */
  readonly at: number
  readonly rule: string
}

/** Of two pins for one place, the later moves on; a row that may not be shown, or is pinned already, leaves its place to others. */
function placing(pins: readonly Pin[]): Pick<ShelfRules, 'claim' | 'place'> {
  const places = new Map<number, Pin>()
  return {
    claim(limit, mask, taken) {
      for (const pin of pins) {
        let { at } = pin
        while (places.has(at)) at++
        if (at >= limit || taken.has(pin.row) || hasBit(mask, pin.row)) continue
        places.set(at, pin)
        taken.add(pin.row)
      }
      return places.size
    },
    place(items, scoreOf) {
      for (const [at, { row, rule }] of [...places].sort(([a], [b]) => a - b)) {
        items.splice(at, 0, { candidate: { row, relevance: scoreOf(row) }, moved: ['pin'], rules: [rule] })
      }
    },
  }
}

function hiddenBy(rule: Rule, context: Context): Bitmask | undefined {
  if ('hide' in rule) return targetRows(rule.hide, context)
  if ('price' in rule) return outside(rule.price, context)
  if (!('priceRatio' in rule)) return undefined
  const { bundle, request } = context
  const row = request.item === undefined ? undefined : bundle.rowOf(request.item)
  const price = row === undefined ? NaN : bundle.prices[row]!
  if (Number.isNaN(price)) return undefined
  const { min = 0, max = Infinity } = rule.priceRatio
  return outside({ min: min * price, max: max * price }, context)
}

function outside({ min = 0, max = Infinity }: PriceBand, { bundle, rows }: RuleContext): Bitmask {
  const found = filterRows(bundle, rows, { minPrice: min, maxPrice: max })
  complement(found, bundle.table.items)
  return found
}

interface Context extends RuleContext {
  /** What was found for the same bundle before. */
  readonly targets: Map<RuleTarget, Bitmask>
}

/** What the shopper has seen, or has in the cart, is another thing after each event. */
const isPersonal = (target: RuleTarget) => /"(seen|inCart|bought)":/.test(JSON.stringify(target))

function targetRows(target: RuleTarget, { bundle, rows, targets }: Context): Bitmask {
  const before = targets.get(target)
  if (before) return before
  const { items, ...filter } = target
  const found = filterRows(bundle, rows, filter)
  if (items) intersect(found, rowsOf(bundle, items))
  if (!isPersonal(target)) targets.set(target, found)
  return found
}

const numbers = new WeakMap<Bitmask, number>()
let given = 0

/** A number of its own for each set of rows. */
function numberOf(rows: Bitmask): number {
  const number = numbers.get(rows) ?? ++given
  numbers.set(rows, number)
  return number
}

function united(sets: readonly Bitmask[], rows: number): Bitmask {
  const all = createBitmask(rows)
  for (const set of sets) unite(all, set)
  return all
}

function toBoosts(boosts: readonly Boost[]): Boosts {
  return {
    key: boosts.map(({ by, rows }) => `${by}:${numberOf(rows)}`).join(),
    addTo(bias) {
      for (const { by, rows } of boosts) {
        for (const [word, bits] of rows.entries()) {
          for (let left = bits; left !== 0; left &= left - 1) bias[word * 32 + 31 - Math.clz32(left & -left)]! += by
        }
      }
    },
  }
}

function toCap(rule: Extract<Rule, { cap: number }>, context: Context): Cap {
  const { categories, brands } = context.bundle
  const codes = rule.per === 'category' ? categories : brands
  const rows = rule.of && targetRows(rule.of, context)
  return {
    most: rule.cap,
    group: (row) => (rows && !hasBit(rows, row) ? undefined : codes[row]),
    rule: rule.name,
  }
}

function toPins({ name, pin, at = 0 }: Extract<Rule, { pin: unknown }>, bundle: Bundle): Pin[] {
  return pin.flatMap((item, i) => {
    const row = bundle.rowOf(item)
    return row === undefined ? [] : [{ row, at: at + i, rule: name }]
  })
}
