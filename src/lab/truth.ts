import type { ItemId } from '../core/event.ts'
import { WindowshopError } from '../errors.ts'

/** A shopper of the sample shop, with what only the shop's maker knows: what is liked, and how much. */
export interface TrueShopper {
  readonly id: string
  /** Name of the way of life. */
  readonly archetype: string
  /** What this shopper looks at, in order. */
  readonly views: readonly ItemId[]
  /** How much an item is liked: about 0.7 for the best, below 0 for the worst; undefined for an unknown one. */
  utility(item: ItemId): number | undefined
}

interface TruthFile {
  readonly items: readonly { readonly id: ItemId; readonly vector: Sparse }[]
  readonly samples: readonly {
    readonly id: string
    readonly tastes: readonly { readonly archetype: string }[]
    readonly vector: Sparse
    readonly views: readonly ItemId[]
  }[]
}
type Sparse = Readonly<Record<string, number>>

/** Reads the sample shop's `truth.json`; throws `input-missing` where it cannot be fetched. */
export async function readTruth(url: string): Promise<TrueShopper[]> {
  const response = await fetch(url).catch((cause) => {
    throw new WindowshopError('input-missing', { where: url }, { cause })
  })
  if (!response.ok) throw new WindowshopError('input-missing', { where: url, got: response.status })
  const { items, samples } = (await response.json()) as TruthFile
  const vectors = new Map(items.map(({ id, vector }) => [id, vector]))
  return samples.map(({ id, tastes, vector, views }) => ({
    id,
    archetype: tastes[0]?.archetype ?? id,
    views,
    utility(item) {
      const traits = vectors.get(item)
      return traits && Object.entries(traits).reduce((sum, [name, value]) => sum + value * (vector[name] ?? 0), 0)
    },
  }))
}
