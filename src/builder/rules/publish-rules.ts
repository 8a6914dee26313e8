import type { Bundle } from '../../bundle/bundle.ts'
import type { Rule } from '../../core/rule.ts'
import type { Filter } from '../../core/shelf.ts'
import { isWithin } from '../../pipeline/event-vectors.ts'
import { readBundle } from '../inspect-bundle.ts'
import { replaceFiles } from '../write-bundle.ts'
import { readRulesFile, type RulesInput } from './read-rules-file.ts'
import { filesWithRules } from './with-rules.ts'

export interface PublishedRules {
  readonly rules: number
  /** What rules name and the bundle does not have. */
  readonly unknown: readonly string[]
}

/** Writes rules into the folder of a bundle, without building it again. */
export async function publishRules(folder: string, input: RulesInput): Promise<PublishedRules> {
  const rules = await readRulesFile(input)
  const { bundle } = await readBundle(folder)
  const { files } = await filesWithRules(bundle.manifest, rules)
  await replaceFiles(folder, files)
  return { rules: rules.length, unknown: rules.flatMap((rule) => unknownOf(rule, bundle)) }
}

function unknownOf(rule: Rule, bundle: Bundle): string[] {
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
