import type { CatalogueItem } from './catalogue.ts'
import type { ItemGroup } from './group-variants.ts'

const longest = 128
/** A row counts its other ids in a byte. */
const most = 255

/**
 * What else the items are called, row by row, in the order of the rows: the ids of a group's other variants, the group's own, and the last
 * part of a variant's address, by which a page may be known that names no id. What two rows would claim, and what is
 * an item's id, is nobody's.
 */
export function otherIds(groups: readonly ItemGroup[], variants: readonly CatalogueItem[]): string[][] {
  const ids = new Set(variants.map(({ id }) => id))
  const byId = new Map(variants.map((variant) => [variant.id, variant]))
  const named = groups.map((group) => {
    const own = group.ids.map((id) => byId.get(id) ?? group.item)
    const names = own.flatMap((variant) => [variant.group, lastPart(variant.url)])
    return new Set(names.filter((name) => isName(name)).filter((name) => !ids.has(name)))
  })
  const claims = new Map<string, number>()
  for (const names of named) for (const name of names) claims.set(name, (claims.get(name) ?? 0) + 1)
  return groups.map(({ item, ids: all }, row) =>
    [...all.filter((id) => id !== item.id), ...[...named[row]!].filter((name) => claims.get(name) === 1)].slice(
      0,
      most,
    ),
  )
}

function isName(name: string | undefined): name is string {
  return name !== undefined && name !== '' && name.length <= longest
}

/** "two-person-tent" of "https://shop.test/tents/two-person-tent.html?size=l". */
function lastPart(url: string): string | undefined {
  const path = url.split(/[?#]/, 1)[0]!.replace(/^[a-z]+:\/\/[^/]*/i, '')
  const part = path
    .split('/')
    .filter(Boolean)
    .at(-1)
    ?.replace(/\.\w{2,5}$/, '')
  try {
    return part && decodeURIComponent(part)
  } catch {
    return part
  }
}
