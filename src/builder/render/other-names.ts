import type { Bundle } from '../../bundle/bundle.ts'
import { openShards } from '../../bundle/item-shards.ts'
import { tensorOf } from '../../bundle/columns.ts'
import { openStrings } from '../../bundle/string-column.ts'

/** The other names of a bundle's items, in the order of the rows: variants, groups, last parts of addresses; each with the item's id. */
export function* otherNames(bundle: Bundle, files: ReadonlyMap<string, Uint8Array>): Generator<[string, string]> {
  const shards = openShards(bundle.manifest, files)
  for (const shard of shards.table) {
    const tensors = shards.tensorsOf(shard)
    const counts = tensorOf(tensors, 'alias.counts', Uint8Array, [shard.to - shard.from], shard.url)
    const total = counts.reduce((sum, count) => sum + count, 0)
    const lengths = tensorOf(tensors, 'alias.lengths', Uint16Array, [total], shard.url)
    const text = tensorOf(tensors, 'alias.text', Uint8Array, [undefined], shard.url)
    const names = openStrings([{ lengths, text }], 'alias')
    let at = 0
    for (const [i, count] of counts.entries()) {
      for (let n = 0; n < count; n++) yield [names.at(at++), bundle.idOf(shard.from + i)]
    }
  }
}
