import * as v from 'valibot'

const isName = (given: unknown) => typeof given === 'string' && given.length <= 1024
const names = v.optional(
  v.custom<string | string[]>(
    (given) => isName(given) || (Array.isArray(given) && given.length <= 100 && given.every(isName)),
    'a name, or a list of at most 100',
  ),
)
const price = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1e12)))
const yesOrNo = v.optional(v.boolean())
const conditions = {
  category: names,
  brand: names,
  minPrice: price,
  maxPrice: price,
  inStock: yesOrNo,
  seen: yesOrNo,
  inCart: yesOrNo,
  bought: yesOrNo,
}

/** Three levels of `and`, `or` and `not`, so that a ring has an end. */
let schema: v.GenericSchema<object> = v.strictObject(conditions)
let entries = {}
for (let level = 0; level < 3; level++) {
  const parts = v.optional(v.pipe(v.array(schema), v.maxLength(16)))
  entries = { ...conditions, and: parts, or: parts, not: v.optional(schema) }
  schema = v.strictObject(entries)
}

/** The conditions of a filter, for objects that have more to say. */
export const filterEntries: v.ObjectEntries = entries

/** A `Filter` from outside. */
export const filterSchema = schema
