import { tensorOf } from './columns.ts'
import { indexStrings } from './item-index.ts'
import type { ItemShards } from './item-shards.ts'
import { openStrings } from './string-column.ts'

/** Ids by row, and rows by id or alias. */
export function openIds(shards: ItemShards) {
  const ids = shards.strings(shards.table, 'id')
  const index = indexStrings(ids, 'id')
  const aliases = openAliases(shards)
  return {
    idOf: ids.at,
    rowOf: remember((item) => index.rowOf(item) ?? aliases.rowOf(item)),
    bytes: ids.bytes + index.bytes + aliases.bytes,
  }
}

/** Other ids of the rows: variants and SKUs. */
function openAliases(shards: ItemShards) {
  const parts = shards.table.map((shard) => {
    const tensors = shards.tensorsOf(shard)
    const counts = tensorOf(tensors, 'alias.counts', Uint8Array, [shard.to - shard.from], shard.url)
    const total = counts.reduce((sum, count) => sum + count, 0)
    return {
      from: shard.from,
      counts,
      lengths: tensorOf(tensors, 'alias.lengths', Uint16Array, [total], shard.url),
      text: tensorOf(tensors, 'alias.text', Uint8Array, [undefined], shard.url),
    }
  })
  const column = openStrings(parts, 'alias')
  const index = indexStrings(column, 'alias')
  const rowByAlias = new Uint32Array(column.rows)
  let alias = 0
  for (const { from, counts } of parts) {
    for (let i = 0; i < counts.length; i++) rowByAlias.fill(from + i, alias, (alias += counts[i]!))
  }
  return {
    rowOf(id: string): number | undefined {
      const at = index.rowOf(id)
      return at === undefined ? undefined : rowByAlias[at]
    },
    bytes: column.bytes + index.bytes + rowByAlias.byteLength,
  }
}

const remembered = 4096

/** The same shopper's items are looked up again and again; hashing their ids each time costs more than all else. */
function remember(rowOf: (item: string) => number | undefined): (item: string) => number | undefined {
  const rows = new Map<string, number | undefined>()
  return (item) => {
    if (!rows.has(item)) {
      if (rows.size === remembered) rows.clear()
      rows.set(item, rowOf(item))
    }
    return rows.get(item)
  }
}
