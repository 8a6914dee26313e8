import type { Bundle } from './bundle.ts'
import { checkFinite, tensorOf } from './columns.ts'
import { decodeTensors } from './safetensors.ts'

/** What changes between two builds. */
export type Stock = Pick<Bundle, 'manifest' | 'prices' | 'unavailable' | 'builtPrices'>

/**
 * Takes over what an availability file says: rows that cannot be bought, and changed prices. A file of another generation
 * says nothing; a broken one throws `bundle-malformed` or `bundle-numbers` before anything has changed.
 */
export function applyAvailability(stock: Stock, bytes: Uint8Array): void {
  const { manifest, prices, unavailable } = stock
  const where = 'availability.safetensors'
  const { tensors, metadata } = decodeTensors(bytes, where)
  if (metadata['generation'] !== manifest.generation) return
  // It may be newer than the bundle, or older: a generation's rows only ever grow.
  const bits = tensorOf(tensors, 'unavailable', Uint32Array, [undefined], where)
  const rows = tensorOf(tensors, 'price.rows', Uint32Array, [undefined], where)
  const values = checkFinite(
    tensorOf(tensors, 'price.values', Float32Array, [rows.length], where),
    where,
    'price.values',
  )
  unavailable.set(bits.subarray(0, unavailable.length))
  // The head alone may be loaded: bits of rows behind the last one stay zero.
  if (prices.length & 31) unavailable[unavailable.length - 1]! &= (1 << (prices.length & 31)) - 1
  for (const [i, row] of rows.entries()) if (row < prices.length) setPrice(stock, row, values[i]!)
}

/** Gives a row another price; below 0 it has none. */
export function setPrice({ prices, builtPrices }: Stock, row: number, price: number): void {
  if (!builtPrices.has(row)) builtPrices.set(row, prices[row]!)
  prices[row] = price < 0 ? Number.NaN : price
}
