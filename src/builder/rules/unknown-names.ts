import type { Bundle } from '../../bundle/bundle.ts'
import type { Rule } from '../../core/rule.ts'
import type { Filter } from '../../core/shelf.ts'
import { isWithin } from '../../pipeline/event-vectors.ts'

/** What a rule names and the bundle does not have, in words: misspelt items, categories and brands. */
export function unknownNames(rule: Rule, bundle: Bundle): string[] {
  const { categories, brands } = bundle.vocabulary
  const knowsCategory = (name: string) => categories.some((path) => isWithin(path, name))
  const filters = ['boost', 'bury', 'hide', 'of'].flatMap((key) => (rule as never)[key] ?? []) as (Filter & {
    items?: string[]
  })[]
  const items = [...('pin' in rule ? rule.pin : []), ...filters.flatMap(({ items = [] }) => items)]
  const wanted = [rule.when?.category ?? [], rule.when?.interest ?? [], ...filters.flatMap(allCategories)].flat()
  return [
    ...items.filter((id) => bundle.rowOf(id) === undefined).map((id) => `${rule.name}: item ${id}`),
    ...wanted.filter((name) => !knowsCategory(name)).map((name) => `${rule.name}: category ${name}`),
    ...filters
      .flatMap(allBrands)
      .filter((name) => !brands.includes(name))
      .map((name) => `${rule.name}: brand ${name}`),
  ]
}

const parts = ({ and = [], or = [], not }: Filter) => [...and, ...or, ...(not ? [not] : [])]
const allCategories = (filter: Filter): string[] => [
  ...[filter.category ?? []].flat(),
  ...parts(filter).flatMap(allCategories),
]
const allBrands = (filter: Filter): string[] => [...[filter.brand ?? []].flat(), ...parts(filter).flatMap(allBrands)]
