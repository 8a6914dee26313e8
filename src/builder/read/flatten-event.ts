type Fields = Readonly<Record<string, unknown>>

/**
 * Flattens a GA4 event, as a page's data layer or a BigQuery export writes it, to one record an item: fields of the item
 * over fields of `ecommerce` over fields of the event. `item_category` to `item_category5` become one path. An object
 * without a list of items stays one record.
 */
export function flattenEvent(event: Fields): Fields[] {
  const { ecommerce, items: ownItems, ...own } = event
  const { items: shared, ...order } = isFields(ecommerce) ? ecommerce : {}
  const { transaction_id: transaction, search_term: term } = order
  const base = {
    ...own,
    ...(transaction === undefined ? {} : { transaction_id: transaction }),
    ...(term === undefined ? {} : { search_term: term }),
  }
  const list = Array.isArray(ownItems) ? ownItems : Array.isArray(shared) ? shared : []
  const items = list.filter(isFields)
  return items.length === 0 ? [base] : items.map((item) => ({ ...base, ...joinCategories(item) }))
}

function joinCategories(item: Fields): Fields {
  const { item_category: first, item_category2, item_category3, item_category4, item_category5, ...rest } = item
  const path = [first, item_category2, item_category3, item_category4, item_category5].filter(
    (part) => typeof part === 'string' && part !== '',
  )
  return path.length === 0 ? rest : { ...rest, item_category: path.join(' > ') }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
