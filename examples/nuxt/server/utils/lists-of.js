import rendered from '../../lists/lists.json'

const { cards, limit, lists, names, titles } = rendered

/** What the page of an item shows before any script runs; variants have the lists of their item. */
export function listsOf(name) {
  const item = lists[name] ? name : names[name]
  if (item === undefined) return []
  return Object.entries(lists[item])
    .filter(([, ids]) => ids.length > 0)
    .map(([placement, ids]) => ({
      placement,
      item,
      limit,
      title: titles[placement],
      cards: ids.map((id) => ({ id, ...cards[id] })),
    }))
}
