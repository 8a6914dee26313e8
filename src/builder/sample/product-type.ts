import type { ColorSet } from './colors.ts'

export const seasons = ['spring', 'summer', 'autumn', 'winter'] as const

export type Season = (typeof seasons)[number]

/** A kind of product: everything that its items have in common. */
export interface ProductType {
  readonly name: string
  /** Prefix of the ids of its items, three letters. */
  readonly code: string
  /** Category path, general to special. */
  readonly path: readonly [string, string, string]
  /** Last words of a title. */
  readonly nouns: readonly string[]
  /** What shoppers type to find one. */
  readonly queries: readonly string[]
  /** Cheapest and dearest price. */
  readonly prices: readonly [number, number]
  readonly materials: readonly string[]
  readonly colors: ColorSet
  /** When it sells best; `all` for the whole year. */
  readonly season: Season | 'all'
  /** Relative number of items in the catalogue. */
  readonly share: number
  /** Names of the types that are bought with it. */
  readonly goesWith: readonly string[]
  /** Openings of a description. */
  readonly about: readonly string[]
}
