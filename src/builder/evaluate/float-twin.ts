import { openEncoder } from '../../models/open-encoder.ts'
import type { Shop } from '../../pipeline/shop.ts'
import { createPlainScorer } from '../../scoring/plain-scorer.ts'
import type { OpenedShop } from '../open-shop.ts'
import type { BundleColumns } from '../pack-columns.ts'

/** The same shop on the rows as they were learned, in float32: what rounding them to int8 costs is the difference. */
export async function floatTwin({ shop, files }: OpenedShop, { segments }: BundleColumns): Promise<Shop> {
  const { table } = shop.bundle
  const rows = new Float32Array(table.items * table.stride)
  let column = 0
  for (const { dims, rows: learned } of segments) {
    for (let row = 0; row < table.items; row++) {
      rows.set(learned.subarray(row * dims, (row + 1) * dims), row * table.stride + column)
    }
    column += dims
  }
  // Whatever reads a table multiplies its numbers with their scale, whole or not; only the compiled scans want bytes.
  const bundle = {
    ...shop.bundle,
    table: {
      ...table,
      rows: rows as unknown as typeof table.rows,
      scales: new Float32Array(table.scales.length).fill(1),
    },
  }
  const encoder = shop.encoder && (await openEncoder(bundle, files, () => import('../../models/late-tensorflow.ts')))
  return { bundle, scorer: createPlainScorer(bundle.table), encoder }
}
