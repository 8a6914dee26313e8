/**
 * Rounds float rows to int8 with one scale a row: value ~ scale * code, codes -127 to 127, the largest magnitude of a row
 * is met exactly. Error at most scale / 2 per value.
 */
export function quantiseRows(
  rows: Float32Array | Float64Array,
  dims: number,
): { codes: Int8Array<ArrayBuffer>; scales: Float32Array<ArrayBuffer> } {
  const items = rows.length / dims
  const codes = new Int8Array(rows.length)
  const scales = new Float32Array(items)
  for (let item = 0; item < items; item++) {
    let largest = 0
    for (let d = 0; d < dims; d++) largest = Math.max(largest, Math.abs(rows[item * dims + d]!))
    const scale = Math.fround(largest / 127)
    // A row so small that its scale would be denormal is no evidence: it becomes zero.
    if (!(scale > 1.2e-38)) continue
    scales[item] = scale
    for (let d = 0; d < dims; d++) {
      codes[item * dims + d] = Math.max(-127, Math.min(127, Math.round(rows[item * dims + d]! / scale)))
    }
  }
  return { codes, scales }
}
