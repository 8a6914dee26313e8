/** A rule as a form has it: every field a text, lists one entry a line, so that nothing is lost while one types. */
export interface RuleFields {
  readonly name: string
  readonly kind: RuleKind
  readonly items: string
  readonly category: string
  readonly brand: string
  readonly minPrice: string
  readonly maxPrice: string
  readonly by: string
  readonly at: string
  readonly cap: string
  readonly per: string
  readonly min: string
  readonly max: string
  readonly placements: readonly string[]
  readonly segments: readonly string[]
  readonly pages: string
  readonly interest: string
  readonly from: string
  readonly to: string
}

export const ruleKinds = ['boost', 'bury', 'pin', 'hide', 'cap', 'price', 'priceRatio'] as const
export type RuleKind = (typeof ruleKinds)[number]

/** A rule as JSON has it, whether it is whole or not. */
export type RuleDraft = Readonly<Record<string, unknown>>

/** What the form shows of a target and of a condition; the rest of them stays as it is. */
const targetFields = ['items', 'category', 'brand', 'minPrice', 'maxPrice']

export function fieldsOf(rule: RuleDraft): RuleFields {
  const kind = ruleKinds.find((name) => name in rule) ?? 'boost'
  const target = objectOf(kind === 'cap' ? rule['of'] : rule[kind])
  const when = objectOf(rule['when'])
  return {
    name: textOf(rule['name']),
    kind,
    items: linesOf(kind === 'pin' ? rule['pin'] : target['items']),
    category: linesOf(target['category']),
    brand: linesOf(target['brand']),
    minPrice: textOf(target['minPrice']),
    maxPrice: textOf(target['maxPrice']),
    by: textOf(rule['by'] ?? 0.1),
    at: textOf(Number(rule['at'] ?? 0) + 1),
    cap: textOf(rule['cap'] ?? 2),
    per: textOf(rule['per'] ?? 'category'),
    min: textOf(target['min']),
    max: textOf(target['max']),
    placements: listOf(when['placement']),
    segments: listOf(when['segment']),
    pages: linesOf(when['category']),
    interest: textOf(when['interest']),
    from: textOf(when['from']),
    to: textOf(when['to']),
  }
}

/** The rule that a form says; what the form does not show is taken from `before`. */
export function ruleOf(fields: RuleFields, before: RuleDraft): RuleDraft {
  const { kind } = fields
  const hidden = Object.entries(objectOf(before[kind === 'cap' ? 'of' : kind])).filter(
    ([name]) => !targetFields.includes(name),
  )
  const target = filled({
    ...Object.fromEntries(hidden),
    items: entriesOf(fields.items),
    category: oneOf(entriesOf(fields.category)),
    brand: oneOf(entriesOf(fields.brand)),
    minPrice: numberOf(fields.minPrice),
    maxPrice: numberOf(fields.maxPrice),
  })
  const band = filled({ min: numberOf(fields.min), max: numberOf(fields.max) })
  const place = numberOf(fields.at) ?? 1
  const kinds: Record<RuleKind, RuleDraft> = {
    boost: { boost: target, by: numberOf(fields.by) },
    bury: { bury: target, by: numberOf(fields.by) },
    pin: { pin: entriesOf(fields.items), ...(place > 1 && { at: place - 1 }) },
    hide: { hide: target },
    cap: { cap: numberOf(fields.cap), per: fields.per, ...(Object.keys(target).length > 0 && { of: target }) },
    price: { price: band },
    priceRatio: { priceRatio: band },
  }
  const when = filled({
    placement: oneOf(fields.placements),
    segment: oneOf(fields.segments),
    category: oneOf(entriesOf(fields.pages)),
    interest: fields.interest.trim() || undefined,
    from: fields.from.trim() || undefined,
    to: fields.to.trim() || undefined,
  })
  return { name: fields.name.trim(), ...kinds[kind], ...(Object.keys(when).length > 0 && { when }) }
}

const objectOf = (value: unknown) =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as RuleDraft
const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const listOf = (value: unknown) => (value === undefined ? [] : [value].flat().map(textOf))
const linesOf = (value: unknown) => listOf(value).join('\n')
const entriesOf = (text: string) => text.split('\n').flatMap((line) => line.trim() || [])
/** One is written without brackets, none not at all. */
const oneOf = (entries: readonly string[]) => (entries.length > 1 ? entries : entries[0])
const numberOf = (text: string) => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text))

function filled(given: RuleDraft): RuleDraft {
  const isEmpty = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(given).filter(([, value]) => !isEmpty(value)))
}
