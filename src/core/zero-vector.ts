/** A vector of zeros, as long as all segments together. */
export function zeroVector({ dims }: { readonly dims: readonly number[] }): Float64Array<ArrayBuffer> {
  return new Float64Array(dims.reduce((sum, own) => sum + own, 0))
}
