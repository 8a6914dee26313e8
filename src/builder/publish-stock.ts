import { packAvailability } from '../bundle/pack.ts'
import { createBitmask, setBit } from '../core/bitmask.ts'
import type { CatalogueItem } from './catalogue.ts'
import { readBundle } from './inspect-bundle.ts'
import { checkMap, type ColumnMap } from './read/columns.ts'
import { openRows } from './read/open-rows.ts'
import { readCatalogue } from './read/read-catalogue.ts'
import { replaceFiles } from './write-bundle.ts'

export interface PublishedStock {
  readonly items: number
  readonly unavailable: number
  /** Items whose price is another one than when the bundle was built. */
  readonly repriced: number
}

/**
 * Renews the availability file of a bundle from a catalogue of now. An item can be bought when one of its variants can; its
 * price is that of the variant that its card shows, else of the first that can be bought. What the catalogue no longer lists
 * cannot be bought.
 */
export async function publishStock(
  folder: string,
  { catalogue, map = {} }: { catalogue: string; map?: ColumnMap },
): Promise<PublishedStock> {
  const opened = await openRows(catalogue)
  const { items } = await readCatalogue(opened, map)
  checkMap(map, [opened])
  // Without the old file: prices are compared with those of the build.
  const { bundle } = await readBundle(folder, { withAvailability: false })
  const { manifest } = bundle
  const variants = new Map<number, CatalogueItem[]>()
  for (const item of items) {
    const row = bundle.rowOf(item.id)
    if (row !== undefined) variants.set(row, [...(variants.get(row) ?? []), item])
  }
  const ids = Array.from({ length: manifest.items }, (_, row) => bundle.idOf(row))
  const unavailable = createBitmask(manifest.items)
  const changedPrices = new Map<number, number>()
  let out = 0
  for (const [row, id] of ids.entries()) {
    const inStock = variants.get(row)?.filter(({ available }) => available) ?? []
    if (inStock.length === 0) {
      setBit(unavailable, row)
      out++
      continue
    }
    const { price } = inStock.find((item) => item.id === id) ?? inStock[0]!
    const now = price > 0 ? Math.fround(price) : NaN
    if (!Object.is(now, bundle.prices[row])) changedPrices.set(row, Number.isNaN(now) ? -1 : now)
  }
  const bytes = packAvailability({ generation: manifest.generation, ids, unavailable, changedPrices })
  await replaceFiles(folder, new Map([[manifest.availability?.url ?? 'availability.safetensors', bytes]]))
  return { items: manifest.items, unavailable: out, repriced: changedPrices.size }
}
