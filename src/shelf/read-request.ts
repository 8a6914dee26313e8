import { placements } from '../core/shelf.ts'
import type { Filter, ShelfRequest } from '../core/shelf.ts'

/** Attributes that make the request. */
export const requestAttributes = ['placement', 'limit', 'item', 'filter', 'diversity'] as const

/**
 * The request that a shelf's attributes stand for; undefined when the placement is none. A number outside its range
 * counts as not given: `limit` 1 to 100, `diversity` 0 to 1.
 */
export function readRequest(element: Element): ShelfRequest | undefined {
  const placement = placements.find((name) => name === element.getAttribute('placement'))
  if (!placement) return undefined
  const item = element.getAttribute('item')
  const diversity = readNumber(element.getAttribute('diversity'), 0, 1)
  const filter = readFilter(element.getAttribute('filter') ?? '')
  return {
    placement,
    limit: Math.floor(readNumber(element.getAttribute('limit'), 1, 100) ?? 8),
    ...(item && { item }),
    ...(filter && { filter }),
    ...(diversity !== undefined && { settings: { diversity } }),
  }
}

/** Who chooses first, by the attribute `priority`; see `WatchOptions`. */
export function readPriority(element: Element): number | undefined {
  return readNumber(element.getAttribute('priority'), -1e6, 1e6)
}

/** `category=Outdoor > Tents; brand=Fjord; price=10..50`; either end of the price may be left out. */
export function readFilter(text: string): Filter | undefined {
  const parts = text.split(';').map((part) => part.split(/=(.*)/s, 2).map((side) => side.trim()))
  const filter: { -readonly [name in keyof Filter]: Filter[name] } = {}
  for (const [name, value] of parts) {
    if (!value) continue
    if (name === 'category' || name === 'brand') filter[name] = value
    if (name !== 'price') continue
    const [least, most] = value.split('..').map((end) => readNumber(end, 0, Infinity))
    if (least !== undefined) filter.minPrice = least
    if (most !== undefined) filter.maxPrice = most
  }
  return Object.keys(filter).length > 0 ? filter : undefined
}

function readNumber(text: string | null, least: number, most: number): number | undefined {
  const value = text?.trim() ? Number(text) : NaN
  return value >= least && value <= most ? value : undefined
}
