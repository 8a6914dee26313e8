/** One item as the catalogue has it; a variant stands for itself until variants are grouped. */
export interface CatalogueItem {
  readonly id: string
  readonly title: string
  /** Path, general to special, joined by " > "; empty where unknown. */
  readonly category: string
  readonly brand: string
  readonly description: string
  /** NaN where unknown. */
  readonly price: number
  /** Empty where the shop's url template has to make it. */
  readonly url: string
  readonly image: string
  /** Whether it can be bought now. */
  readonly available: boolean
  /** Milliseconds since the epoch, undefined where unknown. */
  readonly added: number | undefined
  /** Colour, material and the like: words that describe the item. */
  readonly traits: readonly string[]
  /** Items of one group are variants of one another. */
  readonly group: string | undefined
}

/** An item of which nothing is known but its id, which is its title, and what is given. */
export function bareItem(id: string, more: Partial<CatalogueItem> = {}): CatalogueItem {
  return {
    id,
    title: id,
    category: '',
    brand: '',
    description: '',
    price: NaN,
    url: '',
    image: '',
    available: true,
    added: undefined,
    traits: [],
    group: undefined,
    ...more,
  }
}
