import type { Bundle } from '../bundle/bundle.ts'
import { openBundle } from '../bundle/open-bundle.ts'
import { packBundle } from '../bundle/pack.ts'
import { openEncoder } from '../models/open-encoder.ts'
import type { Shop } from '../pipeline/shop.ts'
import { withPrices } from '../pipeline/with-prices.ts'
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
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0)
  return { manifest, files, shop: await shopOf(openBundle(manifest, files), files), bytes }
}

/** A bundle with what it is asked through; throws the codes of `openEncoder`. */
export async function shopOf(bundle: Bundle, files: ReadonlyMap<string, Uint8Array>): Promise<Shop> {
  const loadTensorFlow = () => import('../models/late-tensorflow.ts')
  const encoder = bundle.manifest.encoder && (await openEncoder(bundle, files, loadTensorFlow))
  return { bundle, scorer: createWasmScorer(bundle.table), encoder, rules: withPrices() }
}
