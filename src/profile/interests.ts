import type { EventRecord, ItemId } from '../core/event.ts'
import { dayMs, strengthOf } from '../core/fold.ts'
import { defaultSettings } from '../core/settings.ts'
import type { Card } from '../core/shelf.ts'

/** A word of what the shopper looks at, and its share of all that is known, 0 to 1. */
export interface Interest {
  readonly word: string
  readonly share: number
}

export interface Interests {
  readonly categories: readonly Interest[]
  readonly brands: readonly Interest[]
}

const mostWords = 6

/**
 * What a log says of its shopper, in words: each event counts as it does in the profile, by its kind and age, for the
 * category and the brand of its item. What was pushed away counts against; what sums to nothing or less is no interest.
 */
export function interestsOf(events: readonly EventRecord[], cards: ReadonlyMap<ItemId, Card>, now: number): Interests {
  const categories = new Map<string, number>()
  const brands = new Map<string, number>()
  for (const event of events) {
    const card = event.item === undefined ? undefined : cards.get(event.item)
    const path = card?.category ?? event.context?.category
    const weight =
      strengthOf(event, defaultSettings) * 2 ** ((event.time - now) / (defaultSettings.halfLifeDays * dayMs))
    add(categories, path?.split(' > ').at(-1), weight)
    add(brands, card?.brand, weight)
  }
  return { categories: sharesOf(categories), brands: sharesOf(brands) }
}

function add(sums: Map<string, number>, word: string | undefined, weight: number): void {
  if (word) sums.set(word, (sums.get(word) ?? 0) + weight)
}

function sharesOf(sums: ReadonlyMap<string, number>): Interest[] {
  const positive = [...sums].filter(([, sum]) => sum > 0).sort(([, a], [, b]) => b - a)
  const total = positive.reduce((all, [, sum]) => all + sum, 0)
  return positive.slice(0, mostWords).map(([word, sum]) => ({ word, share: sum / total }))
}
