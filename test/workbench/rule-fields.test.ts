import { expect, test } from 'vitest'
import { parseRules } from '../../src/bundle/parse-rules.ts'
import type { Rule } from '../../src/core/rule.ts'
import { fieldsOf, ruleKinds, ruleOf, type RuleDraft } from '../../src/workbench/rules/rule-fields.ts'

const rules: readonly Rule[] = [
  { name: 'pin', pin: ['a', 'b'], when: { placement: 'for-you', from: '2026-06-01', to: '2026-06-07' } },
  { name: 'second', pin: ['c'], at: 1 },
  { name: 'boost', boost: { brand: 'Fjord', not: { category: 'Sale' }, inStock: true }, by: 0.05 },
  { name: 'bury', bury: { category: ['Outdoor > Winter', 'Home, and garden'], minPrice: 5 }, by: 0.2 },
  { name: 'hide', hide: { items: ['x'] }, when: { placement: ['trending', 'new'], segment: ['new', 'cart'] } },
  { name: 'cap', cap: 2, per: 'brand' },
  { name: 'cap of some', cap: 1, per: 'category', of: { maxPrice: 20 }, when: { category: 'Home', interest: 'Home' } },
  { name: 'price', price: { min: 1 } },
  { name: 'ratio', priceRatio: { min: 0.5, max: 1.5 } },
]

test('a form that is opened and left alone changes nothing of a rule', () => {
  expect(rules.map((rule) => ruleOf(fieldsOf({ ...rule }), { ...rule }))).toEqual(parseRules(rules))
})

test('a rule that becomes another kind is whole, and takes along what both have', () => {
  const before: RuleDraft = { name: 'x', hide: { items: ['a'] }, when: { segment: 'new' } }
  for (const kind of ruleKinds) {
    const rule = ruleOf({ ...fieldsOf(before), kind, min: '3' }, before)
    expect(parseRules([rule])[0]).toEqual(rule)
    expect(rule['when']).toEqual({ segment: 'new' })
  }
})

test('what is typed by halves is kept as a text, and says nothing yet', () => {
  const fields = { ...fieldsOf({ name: 'x', boost: { brand: 'A' }, by: 1 }), by: '', items: 'a\n\n b \n' }
  expect(ruleOf(fields, {})).toEqual({ name: 'x', boost: { items: ['a', 'b'], brand: 'A' }, by: undefined })
})
