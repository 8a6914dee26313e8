import type { EventKind } from '../../core/event.ts'
import type { Random } from '../../core/random.ts'
import { chooseItem, chooseQuery, chooseType, companionsOf, type Assortment } from './assortment.ts'
import { drawFrom, drawIndex, drawWeighted, runningSums } from './draws.ts'
import { utilityOf } from './latent.ts'
import type { SampleEvent, SampleShopper } from './sample-shop.ts'

export interface Visit {
  readonly shopper: SampleShopper
  /** Milliseconds since the epoch. */
  readonly start: number
  /** Demand for each product type in this season, around 1. */
  readonly demand: readonly number[]
  /** Rows of the shopper's last order; empty before the first. */
  readonly lastOrder: readonly number[]
}

export interface Session {
  /** In order of time, within 50 minutes; purchases carry no order id yet. */
  readonly events: readonly SampleEvent[]
  /** Rows that were bought. */
  readonly bought: readonly number[]
}

/** Share of sessions that look for a present: any type, nobody's taste. */
const presentShare = 0.07
/** How often a companion of an item in the cart is looked at. */
const companionShare = 0.6
/** Share of the sessions after an order that come back for something that goes with it. */
const completeShare = 0.25

/**
 * One visit with one intent: something for one of the shopper's tastes, something that goes with the last order, or a
 * present. The shopper searches or browses, views a few items, puts liked ones in the cart, and perhaps buys.
 */
export function makeSession(random: Random, assortment: Assortment, visit: Visit): Session {
  const { shopper, start, demand, lastOrder } = visit
  const { items } = assortment
  const events: SampleEvent[] = []
  const cart = new Map<number, number>()
  const viewed: number[] = []
  let time = start
  const push = (event: EventKind, details: Partial<SampleEvent> = {}) => {
    events.push({ user: shopper.id, ...details, time, event })
    time += 1000 * (6 + drawIndex(random, 75))
  }
  const view = (row: number) => {
    if (random() < 0.3) push('select_item', { item: items[row]!.id })
    push('view_item', { item: items[row]!.id, price: items[row]!.price })
    viewed.push(row)
  }
  const add = (row: number) => {
    if (cart.has(row)) return
    cart.set(row, items[row]!.price < 40 && random() < 0.3 ? 2 + drawIndex(random, 3) : 1)
    push('add_to_cart', { item: items[row]!.id, quantity: cart.get(row)!, price: items[row]!.price })
  }
  const addWithCompanions = (row: number) => {
    add(row)
    for (const other of companionsOf(assortment, row)) {
      if (random() > companionShare || items[other]!.added > time) continue
      view(other)
      if (random() < 0.8) add(other)
    }
  }

  const isPresent = random() < presentShare
  const taste = drawTaste(random, shopper, demand)
  const types = isPresent ? new Map([[drawIndex(random, demand.length), 1]]) : taste.types
  const wanted = random() < completeShare ? lastOrder.flatMap((row) => companionsOf(assortment, row)) : []
  const owned = new Set(lastOrder)
  const missing = wanted.filter((row) => !owned.has(row) && items[row]!.added <= start)
  let type = chooseType(random, assortment, { types, demand })
  if (type < 0) return { events, bought: [] }

  if (missing.length > 0) {
    const row = drawFrom(random, missing)
    view(row)
    if (random() < 0.5) add(row)
  } else if (random() < 0.3) {
    push('search', { query: chooseQuery(random, type) })
  }
  const steps = 1 + drawIndex(random, 3) + drawIndex(random, 5)
  for (let step = 0; step < steps; step++) {
    if (viewed.length > 0 && random() < 0.12) {
      view(drawFrom(random, viewed))
      continue
    }
    if (random() < 0.35) type = chooseType(random, assortment, { types, demand })
    const row = chooseItem(random, assortment, { type, vector: taste.vector, time })
    if (row < 0) continue
    view(row)
    const liking = utilityOf(taste.vector, items[row]!)
    if (random() < 0.08 + 0.4 * Math.max(0, liking)) addWithCompanions(row)
    else if (random() < 0.03) push('add_to_wishlist', { item: items[row]!.id })
  }
  for (const row of cart.keys()) {
    if (random() > 0.07) continue
    push('remove_from_cart', { item: items[row]!.id, quantity: cart.get(row)! })
    cart.delete(row)
  }
  if (cart.size === 0 || random() > 0.7) return { events, bought: [] }
  for (const row of cart.keys()) events.push({ user: shopper.id, item: items[row]!.id, time, event: 'begin_checkout' })
  time += 1000 * (40 + drawIndex(random, 100))
  for (const [row, quantity] of cart) {
    const { id: item, price } = items[row]!
    events.push({ user: shopper.id, item, time, event: 'purchase', quantity, price })
  }
  return { events, bought: [...cart.keys()] }
}

/** A taste by its share, more often one whose goods are in season. */
function drawTaste(random: Random, { tastes }: SampleShopper, demand: readonly number[]) {
  const weights = tastes.map(({ share, types }) => {
    let wanted = 0
    let all = 0
    for (const [type, liking] of types) {
      wanted += liking * demand[type]!
      all += liking
    }
    return (share * wanted) / all
  })
  return tastes[drawWeighted(random, runningSums(weights))]!
}
