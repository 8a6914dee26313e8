/** The value below which the share `p` (0 to 1) of the samples lies, between neighbours in proportion. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = Float64Array.from(samples).sort()
  const at = (sorted.length - 1) * p
  const low = sorted[Math.floor(at)]!
  const high = sorted[Math.ceil(at)]!
  return low + (high - low) * (at - Math.floor(at))
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}
