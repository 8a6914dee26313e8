import { openBundle } from '../bundle/open-bundle.ts'
import { packBundle } from '../bundle/pack.ts'
import { openEncoder } from '../models/open-encoder.ts'
import type { Shop } from '../pipeline/shop.ts'
import { createWasmScorer } from '../scoring/wasm-scorer.ts'
import type { BundleColumns } from './pack-columns.ts'

export interface OpenedShop extends Awaited<ReturnType<typeof packBundle>> {
  readonly shop: Shop
  /** Bytes of all files. */
  readonly bytes: number
}

/** What a browser would hold of these columns, whole, numbers quantised, the encoder beside: what evaluation asks. */
export async function openShop(columns: BundleColumns): Promise<OpenedShop> {
  const { manifest, files } = await packBundle({ ...columns, data: {}, quality: {}, head: columns.ids.length })
  const bundle = openBundle(manifest, files)
  const encoder = manifest.encoder && (await openEncoder(bundle, files, () => import('../models/late-tensorflow.ts')))
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0)
  return { manifest, files, shop: { bundle, scorer: createWasmScorer(bundle.table), encoder }, bytes }
}
