import type { ItemTable } from '../../src/bundle/item-table.ts'
import type { ScoreQuery, TopK } from '../../src/scoring/scorer.ts'

/** Independent of the code under test: scores every row in float64, sorts all of them, and takes the first k. */
export function oracle(table: ItemTable, query: ScoreQuery): TopK {
  const found: { row: number; score: number }[] = []
  for (let row = 0; row < table.items; row++) {
    if ((query.mask[Math.floor(row / 32)]! / 2 ** (row % 32)) & 1) continue
    let score = 0
    let offset = 0
    table.dims.forEach((dims, segment) => {
      let product = 0
      for (let d = 0; d < dims; d++) product += query.vector[offset + d]! * table.rows[row * table.stride + offset + d]!
      score += table.scales[row * table.dims.length + segment]! * product
      offset += dims
    })
    found.push({ row, score: score + (query.bias?.[row] ?? 0) })
  }
  found.sort((a, b) => b.score - a.score || a.row - b.row)
  const best = found.slice(0, query.k)
  return { rows: Uint32Array.from(best, ({ row }) => row), scores: Float64Array.from(best, ({ score }) => score) }
}
