/** A count to one significant digit, rounded down: what a public bundle may tell of its data. */
export function roundCount(count: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, count)))
  return Math.floor(count / power) * power
}
