import { parseRules } from '../bundle/parse-rules.ts'
import { unknownNames } from '../builder/rules/unknown-names.ts'
import { hasBit } from '../core/bitmask.ts'
import type { Rule } from '../core/rule.ts'
import type { ShelfAnswer, ShelfItem, ShelfRequest } from '../core/shelf.ts'
import { shopperItems } from '../core/shopper-items.ts'
import { ruleHolds } from '../pipeline/rules/rule-holds.ts'
import type { RuleContext } from '../pipeline/rules/shelf-rules.ts'
import { shopperRows } from '../pipeline/shopper-rows.ts'
import { foldOf, rulesOf, shelfOf, type LabBench } from './bench.ts'
import type { RuledItem, RulesPreview, RulesRequest } from './lab-api.ts'

/** A shelf without rules and with them, at any moment, and what each rule has done to it. Throws `rules-malformed`. */
export async function previewRules(bench: LabBench, asked: RulesRequest): Promise<RulesPreview> {
  const rules = parseRules(asked.rules)
  const { placement, item, category, visitor, at, limit } = asked
  const there = { ...bench, now: at, ...(visitor === 'new' && { fold: foldOf([]) }) }
  const request: ShelfRequest = {
    placement,
    limit,
    reasons: 1000,
    ...(item !== undefined && { item }),
    ...(category !== undefined && { filter: { category } }),
  }
  const without = itemsOf(await shelfOf({ ...there, rules: [] }, request))
  const ruled = itemsOf(await shelfOf({ ...there, rules }, request))
  const context = ruleContext(there, request)
  const { bundle } = bench
  const hiders = hidingRules(rules, context)
  const some = ({ rules: names }: RuledItem) => names.length > 0
  return {
    without: without.map(({ card, score, moved }) => ({ card, score, moved })),
    with: ruled.map(({ card, score, moved }) => ({ card, score, moved })),
    hold: rules.filter(({ when }) => !when || ruleHolds(when, context)).map(({ name }) => name),
    removed: without.map(({ card }) => ({ card, rules: hiders(bundle.rowOf(card.id)!) })).filter(some),
    touched: ruled.map((shown) => ({ card: shown.card, rules: rulesAbout(shown) })).filter(some),
    unknown: rules.flatMap((rule) => unknownNames(rule, bundle)),
  }
}

/** What rules may look at, for one shelf alone on its page. */
export function ruleContext({ bundle, fold, now }: LabBench, request: ShelfRequest): RuleContext {
  const shopper = shopperItems(fold.counted)
  return { bundle, fold, shopper, rows: shopperRows(bundle, shopper), request, now }
}

/** Tells the names of the rules that keep a row off a shelf. */
export function hidingRules(rules: readonly Rule[], context: RuleContext): (row: number) => string[] {
  const hiding = rules.flatMap((rule) => {
    const hides = 'hide' in rule || 'price' in rule || 'priceRatio' in rule
    const hidden = hides ? rulesOf([rule])?.(context).hidden : undefined
    return hidden ? [{ name: rule.name, hidden }] : []
  })
  return (row) => hiding.flatMap(({ name, hidden }) => (hasBit(hidden, row) ? [name] : []))
}

function rulesAbout({ rules = [], reasons }: ShelfItem): string[] {
  return [...new Set([...rules, ...reasons.flatMap(({ kind, id }) => (kind === 'rule' ? [id] : []))])]
}

function itemsOf(answer: ShelfAnswer): readonly ShelfItem[] {
  return 'items' in answer ? answer.items : []
}
