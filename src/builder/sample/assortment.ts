import type { Random } from '../../core/random.ts'
import { drawFrom, drawIndex, drawWeighted, runningSums, streamOf, topics } from './draws.ts'
import { utilityOf } from './latent.ts'
import { productTypes, typeNamed } from './product-types.ts'
import { millisecondsPerDay, type SampleItem } from './sample-shop.ts'

/** The items on sale, arranged so that shoppers find them fast. */
export interface Assortment {
  readonly items: readonly SampleItem[]
  /** By type: indexes of the items that have a history, with their running appeal. */
  readonly shelves: readonly { readonly rows: Int32Array; readonly appeal: Float64Array; readonly rising: Int32Array }[]
  /** Three companions of each item; -1 where there is none. */
  readonly companions: Int32Array
  readonly until: number
}

/** Days at the end of the log over which trending items rise. */
export const trendDays = 21
const trendShare = 0.025
const companionLimit = 3

export function arrange(items: readonly SampleItem[], { seed, until }: { seed: number; until: number }): Assortment {
  const random = streamOf(seed, topics.companions, 0)
  const rows: number[][] = productTypes.map(() => [])
  const rising: number[][] = productTypes.map(() => [])
  const settled = until - (trendDays + 30) * millisecondsPerDay
  items.forEach(({ type, appeal, added }, row) => {
    if (appeal === 0) return
    rows[type]!.push(row)
    if (added < settled && random() < trendShare) rising[type]!.push(row)
  })
  const shelves = rows.map((list, type) => ({
    rows: Int32Array.from(list),
    appeal: runningSums(list.map((row) => items[row]!.appeal)),
    rising: Int32Array.from(rising[type]!),
  }))
  const companions = new Int32Array(items.length * companionLimit).fill(-1)
  const assortment = { items, shelves, companions, until }
  items.forEach((item, row) => {
    if (item.appeal === 0) return
    productTypes[item.type]!.goesWith.slice(0, companionLimit).forEach((name, at) => {
      companions[row * companionLimit + at] = companionOf(random, assortment, { item, type: typeNamed(name) })
    })
  })
  return assortment
}

/** Of four items met by appeal, the one nearest in style and price. */
function companionOf(
  random: Random,
  { items, shelves }: Assortment,
  { item, type }: { item: SampleItem; type: number },
): number {
  const shelf = shelves[type]!
  let best = -1
  let nearest = Infinity
  for (let draw = 0; draw < 4 && shelf.rows.length > 0; draw++) {
    const row = shelf.rows[drawWeighted(random, shelf.appeal)]!
    const other = items[row]!
    let distance = Math.abs(item.level - other.level)
    item.style.forEach((value, axis) => (distance += Math.abs(value - other.style[axis]!) / 3))
    if (distance < nearest && other !== item) [best, nearest] = [row, distance]
  }
  return best
}

/** Rows of the item's companions. */
export function companionsOf({ companions }: Assortment, row: number): number[] {
  return [...companions.subarray(row * companionLimit, (row + 1) * companionLimit)].filter((other) => other >= 0)
}

export interface Wish {
  readonly type: number
  readonly vector: Float64Array
  readonly time: number
}

/**
 * The choice model: the shopper meets six items of the type, each with a probability proportional to its appeal (in the
 * last weeks also trending ones), and takes the most liked one, give or take. -1 when the type has nothing on sale.
 */
export function chooseItem(
  random: Random,
  { items, shelves, until }: Assortment,
  { type, vector, time }: Wish,
): number {
  const { rows, appeal, rising } = shelves[type]!
  if (rows.length === 0) return -1
  const trend = 1 - (until - time) / (trendDays * millisecondsPerDay)
  let best = -1
  let most = -Infinity
  for (let draw = 0; draw < 6; draw++) {
    const isRising = draw === 0 && rising.length > 0 && random() < trend
    const row = isRising ? rising[drawIndex(random, rising.length)]! : rows[drawWeighted(random, appeal)]!
    if (items[row]!.added > time) continue
    const liking = utilityOf(vector, items[row]!) + 0.15 * (random() - random()) + (isRising ? 0.1 : 0)
    if (liking > most) [best, most] = [row, liking]
  }
  return best
}

/** A type that a shopper with this taste looks for, more often one in season; -1 when all its types are empty. */
export function chooseType(
  random: Random,
  { shelves }: Assortment,
  { types, demand }: { types: ReadonlyMap<number, number>; demand: readonly number[] },
): number {
  const offered = [...types].filter(([type]) => shelves[type]!.rows.length > 0)
  if (offered.length === 0) return -1
  return offered[drawWeighted(random, runningSums(offered.map(([type, liking]) => liking * demand[type]!)))]![0]
}

/** A query for an item of that type. */
export function chooseQuery(random: Random, type: number): string {
  return drawFrom(random, productTypes[type]!.queries)
}
