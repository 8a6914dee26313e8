import type { Assortment } from './assortment.ts'
import { streamOf, topics } from './draws.ts'
import { makeSession } from './make-session.ts'
import { seasons } from './product-type.ts'
import { productTypes } from './product-types.ts'
import { millisecondsPerDay, type SampleEvent, type SampleShopper } from './sample-shop.ts'

export interface LogOptions {
  readonly seed: number
  readonly days: number
  readonly until: number
  readonly shoppers: number
  readonly shopper: (index: number) => SampleShopper
}

const sessionsPerShopper = 4
const firstHour = 6
const openHours = 17
/** Sessions on a day of the week against the mean, from Sunday. */
const traffic = [1.25, 0.9, 0.9, 0.9, 0.9, 0.95, 1.2]

/** The log, day by day, so that no more than a day of it is in memory. */
export function* makeEvents(assortment: Assortment, options: LogOptions): Generator<SampleEvent> {
  const { seed, days, until, shoppers, shopper } = options
  const lastOrders = new Map<number, readonly number[]>()
  const perDay = (shoppers * sessionsPerShopper) / days
  let orders = 100_000
  let begun = 0
  let due = 0
  for (let day = 0; day < days; day++) {
    const random = streamOf(seed, topics.day, day)
    const midnight = until - (days - day) * millisecondsPerDay
    const demand = demandAt(midnight)
    due += perDay * (0.85 + 0.3 * (day / days)) * traffic[new Date(midnight).getUTCDay()]!
    const events: SampleEvent[] = []
    for (; begun < due; begun++) {
      const index = drawShopper(random(), shoppers)
      const start = midnight + Math.floor((firstHour + (openHours * (random() + random())) / 2) * 3600) * 1000
      const visit = { shopper: shopper(index), start, demand, lastOrder: lastOrders.get(index) ?? [] }
      const session = makeSession(random, assortment, visit)
      const order = session.bought.length > 0 ? `A${++orders}` : ''
      for (const event of session.events) events.push(event.event === 'purchase' ? { ...event, order } : event)
      if (order) lastOrders.set(index, session.bought)
    }
    events.sort((a, b) => a.time - b.time)
    yield* events
  }
}

/** Few shoppers come often, most come seldom: density falls with the square root of the index. */
function drawShopper(uniform: number, shoppers: number): number {
  return Math.floor(shoppers * uniform * uniform)
}

/** Demand for each type: half as much again in its season, a third less half a year away. */
function demandAt(time: number): number[] {
  const now = Math.floor(((new Date(time).getUTCMonth() + 10) % 12) / 3)
  return productTypes.map(({ season }) => {
    if (season === 'all') return 1
    const apart = (seasons.indexOf(season) - now + 4) % 4
    return apart === 0 ? 1.5 : apart === 2 ? 0.65 : 1
  })
}
