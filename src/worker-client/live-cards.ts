import type { ItemId } from '../core/event.ts'
import { formatPrice } from '../core/format-price.ts'
import type { Card, ShelfAnswer, ShelfItem, ShelfRequest } from '../core/shelf.ts'

/** What the shop says of an item now; what it does not say is taken from the bundle. */
export type LiveCard = Partial<Card> & Pick<Card, 'id'>

/** Asks the shop for items as they are now; an item that it leaves out is not shown. */
export type Hydrate = (ids: readonly ItemId[]) => readonly LiveCard[] | Promise<readonly LiveCard[]>

type Ask = (requests: readonly ShelfRequest[]) => Promise<ShelfAnswer[]>

export type WithLiveCards = (ask: Ask, hydrate: Hydrate) => Ask

/** A shop that does not answer by then is not waited for: the bundle's cards are shown. */
const patienceMs = 1000
const mostItems = 100

/** Asks for twice as many items as will be shown, so that those which the shop leaves out are made good. */
export const withLiveCards: WithLiveCards = (ask, hydrate) => {
  return async (requests) => {
    const answers = await ask(
      requests.map((request) => ({ ...request, limit: Math.min(mostItems, 2 * limitOf(request)) })),
    )
    const ids = answers.flatMap((answer) => ('items' in answer ? answer.items.map(({ card }) => card.id) : []))
    const cards = ids.length > 0 ? await inTime(hydrate, ids) : undefined
    return answers.map((answer, i) => {
      if (!('items' in answer)) return answer
      const request = requests[i]!
      const items = cards ? answer.items.flatMap((item) => liveItem(item, cards, request)) : answer.items
      return items.length > 0 ? { ...answer, items: items.slice(0, limitOf(request)) } : { fallback: 'no-items' }
    })
  }
}

function limitOf({ limit = 8 }: ShelfRequest): number {
  return limit
}

/** The shop's cards by id; undefined when it fails, is late, or answers something else than a list. */
async function inTime(hydrate: Hydrate, ids: readonly ItemId[]): Promise<Map<ItemId, LiveCard> | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs))
  const cards = await Promise.race([Promise.resolve(ids).then(hydrate), late]).catch(() => undefined)
  return Array.isArray(cards) ? new Map(cards.map((card: LiveCard) => [card.id, card])) : undefined
}

function liveItem(item: ShelfItem, cards: ReadonlyMap<ItemId, LiveCard>, { language }: ShelfRequest): ShelfItem[] {
  const live = cards.get(item.card.id)
  if (!live) return []
  const card = { ...item.card, ...live }
  const same = card.price === item.card.price && card.currency === item.card.currency
  if (same || typeof card.price !== 'number') return [{ ...item, card }]
  return [{ ...item, card, price: formatPrice(card.price, card.currency, language ?? navigator.language) }]
}
