/** How alike two sets are: `shared` of `a` and `b` members are common, out of `all` that could be. */
export type Similarity = (shared: number, a: number, b: number, all: number) => number

/** The field's similarities, on sets as vectors of zeros and ones. */
export const similarities = {
  cosine: (shared, a, b) => shared / Math.sqrt(a * b),
  jaccard: (shared, a, b) => shared / (a + b - shared),
  /** Pearson's correlation of the two vectors; a set of everything or nothing correlates with none. */
  pearson: (shared, a, b, all) => {
    const spread = a * (all - a) * b * (all - b)
    return spread > 0 ? (all * shared - a * b) / Math.sqrt(spread) : 0
  },
} as const satisfies Record<string, Similarity>

export type SimilarityName = keyof typeof similarities
