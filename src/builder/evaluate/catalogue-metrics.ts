import type { Dataset } from './dataset.ts'

/** What all lists together do with the catalogue. */
export interface CatalogueQuality {
  /** Share of the catalogue that stands in at least one list, 0 to 1. */
  readonly coverage: number
  /** Gini coefficient of exposure over the catalogue: 0 shows all items alike, 1 shows one alone. */
  readonly gini: number
  /** Mean over lists of the mean number of training sequences with the item: the average recommendation popularity of Yin et al. (2012). */
  readonly popularity: number
  /** Mean over lists of the mean self-information, -log2 of the share of sequences with the item, in bits (Zhou et al., 2010). */
  readonly novelty: number
  /** Mean over lists of the mean distance of two of its items, 0 to 2; undefined without a distance (Smyth and McClave, 2001). */
  readonly diversity?: number
}

export interface Catalogue {
  readonly items: number
  /** Training sequences that hold the item, by row. */
  readonly popularity: Uint32Array
  readonly sequences: number
  /** Distance of two rows, 0 to 2: 1 - cosine of what they are. */
  readonly distance?: (a: number, b: number) => number
}

/** Describes lists (rows, best first). Empty lists count for nothing but the exposure. */
export function describeLists(lists: Iterable<ArrayLike<number>>, catalogue: Catalogue): CatalogueQuality {
  const exposure = new Float64Array(catalogue.items)
  const { distance } = catalogue
  let filled = 0
  let popularity = 0
  let novelty = 0
  let pairs = 0
  let diversity = 0
  for (const list of lists) {
    if (list.length === 0) continue
    filled++
    let known = 0
    let bits = 0
    let apart = 0
    for (let at = 0; at < list.length; at++) {
      const row = list[at]!
      exposure[row]!++
      known += catalogue.popularity[row]!
      // An item that nobody had counts as one that one shopper had.
      bits -= Math.log2(Math.max(1, catalogue.popularity[row]!) / catalogue.sequences)
      if (distance) for (let other = 0; other < at; other++) apart += distance(row, list[other]!)
    }
    popularity += known / list.length
    novelty += bits / list.length
    if (list.length < 2) continue
    pairs++
    diversity += (2 * apart) / (list.length * (list.length - 1))
  }
  return {
    coverage: exposure.reduce((sum, shown) => sum + (shown > 0 ? 1 : 0), 0) / catalogue.items,
    gini: giniOf(exposure),
    popularity: popularity / filled,
    novelty: novelty / filled,
    ...(distance && { diversity: diversity / pairs }),
  }
}

/** Popularity of the items in the training, and how far apart they are by content. */
export function catalogueOf({ training: { items, sequences, content } }: Pick<Dataset, 'training'>): Catalogue {
  const popularity = new Uint32Array(items)
  const { offsets, rows } = sequences
  for (let s = 0; s + 1 < offsets.length; s++) {
    for (const row of new Set(rows.subarray(offsets[s], offsets[s + 1]))) popularity[row]!++
  }
  const base = { items, popularity, sequences: offsets.length - 1 }
  if (!content || content.indices.length === 0) return base
  const maps = Array.from({ length: content.rows }, (_, row) => {
    const own = new Map<number, number>()
    for (let at = content.offsets[row]!; at < content.offsets[row + 1]!; at++)
      own.set(content.indices[at]!, content.values[at]!)
    return own
  })
  const distance = (a: number, b: number) => {
    let product = 0
    for (const [token, value] of maps[a]!) product += value * (maps[b]!.get(token) ?? 0)
    return 1 - product
  }
  return { ...base, distance }
}

/** Gini coefficient of amounts that are not negative, 0 to 1; 0 where all are zero. */
function giniOf(amounts: Float64Array): number {
  const rising = amounts.slice().sort()
  let total = 0
  let weighted = 0
  for (const [at, amount] of rising.entries()) {
    total += amount
    weighted += (at + 1) * amount
  }
  const n = amounts.length
  return total === 0 ? 0 : (2 * weighted) / (n * total) - (n + 1) / n
}
