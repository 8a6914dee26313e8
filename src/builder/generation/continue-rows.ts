import { bareItem, type CatalogueItem } from '../catalogue.ts'
import type { ItemGroup } from '../group-variants.ts'
import type { Generation } from './generation.ts'

/** The items of a bundle in its row order. */
export interface OrderedGroups {
  readonly groups: readonly ItemGroup[]
  /** Rows of items that the catalogue does not list any more: they stay, and cannot be bought. */
  readonly gone: ReadonlySet<number>
}

/** Why a generation cannot go on. */
export interface Broken {
  readonly because: string
}

/** Largest share of rows without an item: beyond it a bundle carries too much that nobody may see. */
const mostGone = 0.2

/**
 * Puts the items into the rows of a generation: what it has keeps its row, what is new comes behind in the order given (best sellers first), what
 * is gone keeps its row as something that cannot be bought.
 */
export function continueRows(
  generation: Generation,
  catalogue: readonly ItemGroup[],
  segments: Generation['segments'],
): OrderedGroups | Broken {
  const shape = (own: Generation['segments']) => own.map(({ name, dims }) => `${name} x ${dims}`).join(', ')
  if (shape(segments) !== shape(generation.segments)) {
    return { because: `it had ${shape(generation.segments)}, not ${shape(segments)}` }
  }
  const kept = new Map<number, ItemGroup>()
  const added: ItemGroup[] = []
  const listed = new Set(catalogue.flatMap(({ ids }) => ids))
  for (const group of catalogue) {
    const rows = [...new Set(group.ids.flatMap((id) => generation.rowOf(id) ?? []))].filter((row) => !kept.has(row))
    if (rows[0] === undefined) added.push(group)
    else kept.set(rows[0], group)
  }
  const gone = new Set<number>()
  const groups = generation.ids.map((id, row) => {
    const group = kept.get(row)
    if (group) return group
    gone.add(row)
    return { item: goneItem(generation, row), ids: [id], available: false }
  })
  // An item that became a variant of another one would stand in two rows.
  if ([...gone].some((row) => listed.has(generation.ids[row]!))) return { because: 'items became variants of others' }
  if (gone.size > mostGone * generation.items) {
    return { because: `${gone.size} of ${generation.items} items are gone` }
  }
  return { groups: [...groups, ...added], gone }
}

function goneItem(generation: Generation, row: number): CatalogueItem {
  const { id, title, url, image = '', price = NaN, category = '', brand = '' } = generation.card(row)
  return bareItem(id, { title, url, image, price, category, brand, available: false })
}
