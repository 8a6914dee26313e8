import { seasons, type Season } from './product-type.ts'
import { productTypes } from './product-types.ts'

/** Technical (against natural), bold (against muted), refined (against rugged), each from -1 to 1. */
export type Style = readonly [technical: number, bold: number, refined: number]

/** What decides whether a shopper likes an item, beside its type. */
export interface ItemTraits {
  /** Index into `productTypes`. */
  readonly type: number
  readonly style: Style
  /** Price level within its type: 0 is the cheapest, 1 the dearest. */
  readonly level: number
  readonly season: Season | 'all'
}

/** What a shopper looks for: the same dimensions as an item's traits. */
export interface Preference {
  /** Liking of product types by name, 0 to 1; types that are absent count 0. */
  readonly types: Readonly<Record<string, number>>
  readonly style: Style
  readonly level: number
  /** `all`: does not care. */
  readonly season: Season | 'all'
}

/** What the liked type, a style that agrees on two axes of three, the right price and the right season are worth. */
export const utilityWeights = { type: 0.45, style: 0.3, level: 0.15, season: 0.1 } as const

const styleAt = productTypes.length
const levelAt = styleAt + 3
const seasonAt = levelAt + 3

/** Names of the latent dimensions, in order: one for each product type, three of style, three of price, four seasons. */
export const latentDimensions: readonly string[] = [
  ...productTypes.map((type) => `type:${type.name}`),
  ...['technical', 'bold', 'refined'].map((axis) => `style:${axis}`),
  ...['budget', 'middle', 'premium'].map((level) => `price:${level}`),
  ...seasons.map((season) => `season:${season}`),
]

/** The item's latent vector, `latentDimensions.length` long. */
export function itemVector(traits: ItemTraits): Float64Array {
  const vector = new Float64Array(latentDimensions.length)
  vector[traits.type] = 1
  vector.set(traits.style, styleAt)
  vector.set(hats(traits.level), levelAt)
  vector.set(traits.season === 'all' ? [0.5, 0.5, 0.5, 0.5] : onlyIn(traits.season), seasonAt)
  return vector
}

/** The taste's latent vector: its inner product with an item's is the utility, about -0.2 to 1. */
export function tasteVector(preference: Preference): Float64Array {
  const vector = new Float64Array(latentDimensions.length)
  productTypes.forEach(({ name }, type) => (vector[type] = utilityWeights.type * (preference.types[name] ?? 0)))
  vector.set(
    preference.style.map((value) => (utilityWeights.style * value) / 2),
    styleAt,
  )
  vector.set(
    hats(preference.level).map((value) => utilityWeights.level * value),
    levelAt,
  )
  const season = preference.season === 'all' ? [0.5, 0.5, 0.5, 0.5] : onlyIn(preference.season)
  vector.set(
    season.map((value) => utilityWeights.season * value),
    seasonAt,
  )
  return vector
}

/** Inner product of a taste and an item without making the item's vector. */
export function utilityOf(taste: Float64Array, { type, style, level, season }: ItemTraits): number {
  let sum = taste[type]! + style[0] * taste[styleAt]! + style[1] * taste[styleAt + 1]! + style[2] * taste[styleAt + 2]!
  const [budget, middle, premium] = hats(level)
  sum += budget * taste[levelAt]! + middle * taste[levelAt + 1]! + premium * taste[levelAt + 2]!
  if (season !== 'all') return sum + taste[seasonAt + seasons.indexOf(season)]!
  return sum + 0.5 * (taste[seasonAt]! + taste[seasonAt + 1]! + taste[seasonAt + 2]! + taste[seasonAt + 3]!)
}

/** A price level as three weights that sum to 1, so that nearness in price is an inner product. */
function hats(level: number): [number, number, number] {
  return level < 0.5 ? [1 - 2 * level, 2 * level, 0] : [0, 2 - 2 * level, 2 * level - 1]
}

function onlyIn(wanted: Season): number[] {
  return seasons.map((season) => (season === wanted ? 1 : 0))
}
