import type { CatalogueItem } from './catalogue.ts'

/** One row to be: an item, or the variants of one group with the one that its card shows. */
export interface ItemGroup {
  readonly item: CatalogueItem
  /** All ids that stand for this row. */
  readonly ids: readonly string[]
  /** Some variant can be bought. */
  readonly available: boolean
}

/**
 * Makes one row of every group of variants, in the catalogue's order. Its card shows the variant in stock with the most
 * `visitors`, the first of them at a tie, under the words that all variants' titles begin with: it stands for all of them.
 */
export function groupVariants(items: readonly CatalogueItem[], visitors: ReadonlyMap<string, number>): ItemGroup[] {
  const groups = new Map<string, CatalogueItem[]>()
  const names = new Set(items.map(({ group }) => group))
  for (const item of items) {
    // Some catalogues list the whole beside its variants, which name it by its id.
    const group = item.group ?? (names.has(item.id) ? item.id : undefined)
    const key = group === undefined ? `item ${item.id}` : `group ${group}`
    const known = groups.get(key)
    if (known) known.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()].map((variants) => {
    const rank = (item: CatalogueItem) => (item.available ? 1e9 : 0) + (visitors.get(item.id) ?? 0)
    const item = variants.reduce((best, variant) => (rank(variant) > rank(best) ? variant : best))
    return {
      item: {
        ...item,
        title: sharedTitle(variants, item),
        traits: [...new Set(variants.flatMap((variant) => variant.traits))],
      },
      ids: variants.map(({ id }) => id),
      available: variants.some(({ available }) => available),
    }
  })
}

/** "Dome Tent" for "Dome Tent, Rust" and "Dome Tent, Slate"; the item's own title where they share too little. */
function sharedTitle(variants: readonly CatalogueItem[], { title }: CatalogueItem): string {
  const words = title.split(' ')
  const others = variants.map((variant) => variant.title.split(' '))
  const end = words.findIndex((word, i) => others.some((other) => bare(other[i]) !== bare(word)))
  const shared = bare(words.slice(0, end < 0 ? words.length : end).join(' '))
  return shared.length >= title.length / 2 ? shared : title
}

/** Without the punctuation at its end. */
function bare(text = ''): string {
  return text.replace(/[\s,;:|/(\u2013-]+$/u, '')
}
