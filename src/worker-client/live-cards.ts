import type { ItemId } from '../core/event.ts'
import { formatPrice } from '../core/format-price.ts'
import type { Card, ShelfAnswer, ShelfItem, ShelfRequest } from '../core/shelf.ts'

/** What the shop says of an item now; what it does not say is taken from the bundle. */
export type LiveCard = Partial<Card> & Pick<Card, 'id'>

/** Asks the shop for items as they are now; an item that it leaves out is not shown. */
export type Hydrate = (ids: readonly ItemId[]) => readonly LiveCard[] | Promise<readonly LiveCard[]>

type Ask = (requests: readonly ShelfRequest[]) => Promise<ShelfAnswer[]>

export type WithLiveCards = (ask: Ask, hydrate: Hydrate) => Ask

/** A shop that does not answer by then is not waited for: what is known by then is shown. */
const patienceMs = 1000
const mostItems = 100
const mostExcluded = 1000
/** A shop that leaves out all but a few of its items is asked so many times for one page. */
const mostRounds = 5

interface LiveShelf {
  readonly request: ShelfRequest
  readonly answer: ShelfAnswer
  /** What the shop has not left out, best first. */
  readonly items: readonly ShelfItem[]
  /** There may be more. */
  readonly open: boolean
}

/**
 * Asks for twice as many items as will be shown, so that those which the shop leaves out are made good; and for more,
 * without those that are known, as long as a shelf is not full and there are any.
 */
export const withLiveCards: WithLiveCards = (ask, hydrate) => {
  return async (requests) => {
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs))
    const cards = new Map<ItemId, LiveCard>()
    const asked = new Set<ItemId>()

    /** Takes over what the shop says of items that it has not been asked about; false when it fails or is late. */
    async function look(answers: readonly ShelfAnswer[]): Promise<boolean> {
      const ids = answers.flatMap(itemsOf).flatMap(({ card: { id } }) => (asked.has(id) ? [] : id))
      if (ids.length === 0) return true
      const found = await Promise.race([Promise.resolve(ids).then(hydrate), late]).catch(() => undefined)
      if (!Array.isArray(found)) return false
      for (const id of ids) asked.add(id)
      for (const card of found as LiveCard[]) cards.set(card.id, card)
      return true
    }

    const first = await ask(requests.map((request) => ({ ...request, limit: atMost(2 * limitOf(request)) })))
    if (!(await look(first))) return first.map((answer, i) => cut(answer, itemsOf(answer), requests[i]!))
    let shelves = requests.map((request, i) => extend({ request, answer: first[i]!, items: [], open: true }, first[i]!))
    for (let round = 1; round < mostRounds && shelves.some(({ open }) => open); round++) {
      const growth = 2 ** (round + 1)
      const wanted = shelves.filter(({ open }) => open)
      const answers = await ask(wanted.map((shelf) => more(shelf, growth)))
      if (!(await look(answers))) break
      shelves = shelves.map((shelf) => (shelf.open ? extend(shelf, answers[wanted.indexOf(shelf)]!) : shelf))
    }
    return shelves.map(({ request, answer, items }) => cut(answer, items, request))

    function extend({ request, answer, items, open }: LiveShelf, next: ShelfAnswer): LiveShelf {
      const found = itemsOf(next)
      const all = [...items, ...found.flatMap((item) => liveItem(item, cards, request))]
      return { request, answer, items: all, open: open && found.length > 0 && all.length < limitOf(request) }
    }

    /** What a shelf still lacks, without what was left out and what stands on this page. */
    function more({ request, items }: LiveShelf, growth: number): ShelfRequest {
      const shown = shelves.flatMap((shelf) => shelf.items.slice(0, limitOf(shelf.request)))
      const known = [...shown.map(({ card }) => card.id), ...[...asked].filter((id) => !cards.has(id))]
      const exclude = [...(request.exclude ?? []), ...new Set(known)].slice(0, mostExcluded)
      return { ...request, exclude, limit: atMost(growth * (limitOf(request) - items.length)) }
    }
  }
}

function cut(answer: ShelfAnswer, items: readonly ShelfItem[], request: ShelfRequest): ShelfAnswer {
  if (!('items' in answer)) return answer
  return items.length > 0 ? { ...answer, items: items.slice(0, limitOf(request)) } : { fallback: 'no-items' }
}

function itemsOf(answer: ShelfAnswer): readonly ShelfItem[] {
  return 'items' in answer ? answer.items : []
}

function atMost(limit: number): number {
  return Math.min(mostItems, limit)
}

function limitOf({ limit = 8 }: ShelfRequest): number {
  return limit
}

function liveItem(item: ShelfItem, cards: ReadonlyMap<ItemId, LiveCard>, { language }: ShelfRequest): ShelfItem[] {
  const live = cards.get(item.card.id)
  if (!live) return []
  const card = { ...item.card, ...live }
  const same = card.price === item.card.price && card.currency === item.card.currency
  if (same || typeof card.price !== 'number') return [{ ...item, card }]
  return [{ ...item, card, price: formatPrice(card.price, card.currency, language ?? navigator.language) }]
}
