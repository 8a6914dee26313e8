import { checkCodes, tensorOf } from './columns.ts'
import type { ItemShards } from './item-shards.ts'
import type { Manifest } from './manifest.ts'

/** Co-purchase neighbours, as compressed sparse rows. */
export function openNeighbours(manifest: Manifest, shards: ItemShards) {
  const parts = shards.table.map((shard) => {
    const tensors = shards.tensorsOf(shard)
    const counts = tensorOf(tensors, 'neighbour.counts', Uint8Array, [shard.to - shard.from], shard.url)
    let total = 0
    for (let i = 0; i < counts.length; i++) total += counts[i]!
    return {
      counts,
      rows: tensorOf(tensors, 'neighbour.rows', Uint32Array, [total], shard.url),
      weights: tensorOf(tensors, 'neighbour.weights', Uint8Array, [total], shard.url),
    }
  })
  const size = parts.reduce((sum, part) => sum + part.rows.length, 0)
  const offsets = new Uint32Array(shards.rows + 1)
  const rows = new Uint32Array(size)
  const weights = new Uint8Array(size)
  let row = 0
  let offset = 0
  for (const part of parts) {
    rows.set(part.rows, offset)
    weights.set(part.weights, offset)
    for (let i = 0; i < part.counts.length; i++) offsets[++row] = offset += part.counts[i]!
  }
  checkCodes(rows, manifest.items, 'neighbour.rows')
  return {
    of: (at: number) => ({
      rows: rows.subarray(offsets[at], offsets[at + 1]),
      weights: weights.subarray(offsets[at], offsets[at + 1]),
    }),
    bytes: offsets.byteLength + rows.byteLength + weights.byteLength,
  }
}
