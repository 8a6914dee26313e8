import type { ItemId } from '../../core/event.ts'
import { WindowshopError } from '../../errors.ts'
import { arrange, chooseItem, chooseType, companionsOf, type Assortment } from './assortment.ts'
import { streamOf, topics } from './draws.ts'
import { itemVector, latentDimensions, utilityOf } from './latent.ts'
import { makeEvents } from './make-events.ts'
import { makeItems } from './make-items.ts'
import { makeShopper } from './make-shopper.ts'
import { productTypes } from './product-types.ts'
import { millisecondsPerDay, type SampleOptions, type SampleShop, type SampleTruth } from './sample-shop.ts'

/** End of the log when the caller names none. */
export const defaultUntil = Date.UTC(2026, 6, 1)

/**
 * Makes an outdoor-and-home shop: a catalogue, a log of its shoppers' events, and the truth behind both. A pure function:
 * the same options give the same shop on every machine.
 * @throws {WindowshopError} option-invalid
 */
export function generateShop(options: SampleOptions): SampleShop {
  const { items: count, seed, days = 120, until = defaultUntil } = options
  const shoppers = options.shoppers ?? Math.min(3 * count, 60_000)
  requireWhole('items', count, [50, 1_000_000])
  requireWhole('shoppers', shoppers, [1, 10_000_000])
  requireWhole('seed', seed, [0, 0xffffffff])
  requireWhole('days', days, [1, 3650])
  requireWhole('until', until, [Date.UTC(1995, 0), Date.UTC(2100, 0)])
  const assortment = arrange(makeItems({ items: count, seed, until }), { seed, until })
  const shopper = (index: number) => {
    const random = streamOf(seed, topics.shopper, index)
    return makeShopper(random, `shopper-${index}`, random() < 0.6 ? 2 : 3)
  }
  return {
    seed,
    days,
    from: until - days * millisecondsPerDay,
    until,
    items: assortment.items,
    events: { [Symbol.iterator]: () => makeEvents(assortment, { seed, days, until, shoppers, shopper }) },
    truth: tellTruth(assortment, { seed, shoppers, shopper }),
  }
}

function requireWhole(name: string, value: number, [low, high]: [number, number]): void {
  if (Number.isInteger(value) && value >= low && value <= high) return
  throw new WindowshopError('option-invalid', {
    where: name,
    expected: `a whole number, ${low} to ${high}`,
    got: value,
  })
}

type Known = Pick<SampleTruth, 'shopper' | 'shoppers'> & { readonly seed: number }

function tellTruth(assortment: Assortment, { seed, shoppers, shopper }: Known): SampleTruth {
  const { items, shelves, until } = assortment
  const rows = new Map(items.map(({ id }, row) => [id, row]))
  const rowOf = (id: ItemId) => {
    const row = rows.get(id)
    if (row === undefined) throw new RangeError(`no item ${id} in the sample shop`)
    return row
  }
  const idOf = (row: number) => items[row]!.id
  const demand = productTypes.map(() => 1)
  const beforeTrends = until - 60 * millisecondsPerDay
  return {
    dimensions: latentDimensions,
    utility: ({ vector }, id) => utilityOf(vector, items[rowOf(id)]!),
    itemVector: (id) => itemVector(items[rowOf(id)]!),
    shopper,
    shoppers,
    sampleShopper(sample) {
      const random = streamOf(seed, topics.fresh, sample)
      const fresh = makeShopper(random, `sample-${sample}`, 1)
      const [{ types, vector }] = fresh.tastes as [(typeof fresh.tastes)[number]]
      const views = new Set<ItemId>()
      for (let tries = 0; views.size < 20 && tries < 400; tries++) {
        const type = chooseType(random, assortment, { types, demand })
        const row = type < 0 ? -1 : chooseItem(random, assortment, { type, vector, time: beforeTrends })
        if (row >= 0) views.add(idOf(row))
      }
      return { ...fresh, views: [...views] }
    },
    companions: (id) => companionsOf(assortment, rowOf(id)).map(idOf),
    *companionPairs() {
      for (let row = 0; row < items.length; row++) {
        for (const other of companionsOf(assortment, row)) yield [idOf(row), idOf(other)] as const
      }
    },
    trending: new Set(shelves.flatMap(({ rising }) => [...rising].map(idOf))),
    fresh: new Set(items.filter(({ appeal }) => appeal === 0).map(({ id }) => id)),
  }
}
