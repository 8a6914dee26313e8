import { createBitmask, type Bitmask } from '../core/bitmask.ts'
import { checkCodes, checkFinite, tensorOf } from './columns.ts'
import type { Manifest } from './manifest.ts'
import { decodeTensors } from './safetensors.ts'

/** Applies changed prices to `prices` and returns the rows that cannot be bought. A file of another generation says nothing. */
export function applyAvailability(manifest: Manifest, bytes: Uint8Array | undefined, prices: Float32Array): Bitmask {
  const unavailable = createBitmask(prices.length)
  if (!bytes) return unavailable
  const where = 'availability.safetensors'
  const { tensors, metadata } = decodeTensors(bytes, where)
  if (metadata['generation'] !== manifest.generation) return unavailable
  const bits = tensorOf(tensors, 'unavailable', Uint32Array, [Math.ceil(manifest.items / 32)], where)
  unavailable.set(bits.subarray(0, unavailable.length))
  const rows = tensorOf(tensors, 'price.rows', Uint32Array, [undefined], where)
  const values = checkFinite(
    tensorOf(tensors, 'price.values', Float32Array, [rows.length], where),
    where,
    'price.values',
  )
  checkCodes(rows, manifest.items, 'price.rows')
  for (const [i, row] of rows.entries()) if (row < prices.length) prices[row] = values[i]! < 0 ? Number.NaN : values[i]!
  return unavailable
}
