/** Sizes of an encoder; every one a whole number > 0. */
export interface EncoderShape {
  /** Dimensions of an item row, a multiple of 8. */
  readonly dims: number
  readonly items: number
  /** Session features that an event has: its position, ... */
  readonly features: number
  /** Rows of the table of features, of all kinds together. */
  readonly featureRows: number
  /** Learned bonuses; the first is none. */
  readonly bonuses: number
  /** Bonuses that one candidate may have at once, each times a value. */
  readonly bonusTerms: number
}

/** Where the parameters of an encoder begin in their array, and how long it is (a multiple of 4). */
export interface ParameterPlaces {
  /** dims x dims each: the weights of an event and of the last event. */
  readonly own: number
  readonly last: number
  /** featureRows x dims. */
  readonly features: number
  /** dims: from gates to attention. */
  readonly attention: number
  readonly bonuses: number
  readonly length: number
}

export function parameterPlaces({ dims, featureRows, bonuses }: EncoderShape): ParameterPlaces {
  const last = dims * dims
  const features = 2 * last
  const attention = features + featureRows * dims
  const end = attention + dims
  return { own: 0, last, features, attention, bonuses: end, length: Math.ceil((end + bonuses) / 4) * 4 }
}
