import type { ItemLists, ListedCard } from './ask-lists.ts'

/** Gathers lists into the text of `lists.json`. */
export interface CollectedLists {
  add(lists: ItemLists): void
  /**
   * UTF-8, an entry a line: `{ ...about, lists: { id: { placement: [id, ...] } }, cards: { id: card }, names: { name: id } }`. Cards
   * are of the items that stand on a list.
   */
  finish(about: object, names: Iterable<readonly [string, string]>): Buffer
}

export function collectLists(): CollectedLists {
  const lists: string[] = []
  const cards = new Map<string, ListedCard>()
  return {
    add({ item, lists: found }) {
      const ids = found.map(({ placement, cards }) => [placement, cards.map(({ id }) => id)])
      lists.push(entry([item, Object.fromEntries(ids)]))
      for (const { cards: shown } of found) for (const card of shown) if (!cards.has(card.id)) cards.set(card.id, card)
    },
    finish(about, names) {
      const parts = {
        lists,
        cards: [...cards].map(([id, { id: _id, ...card }]) => entry([id, card])),
        names: Array.from(names, entry),
      }
      const objects = Object.entries(parts).map(([name, entries]) => `"${name}": {\n${entries.join(',\n')}\n}`)
      // Buffers: the text of a large shop is longer than a string may be.
      const pieces = [
        `${JSON.stringify(about).slice(0, -1)},\n`,
        ...objects.flatMap((text, i) => [i ? ',\n' : '', text]),
        '\n}\n',
      ]
      return Buffer.concat(pieces.map((piece) => Buffer.from(piece)))
    },
  }
}

function entry([key, value]: readonly [string, unknown]): string {
  return `${JSON.stringify(key)}: ${JSON.stringify(value)}`
}
