import { createRandom, normal } from '../../core/random.ts'

/**
 * Small random factors to begin from, items x dims, drawn for each item by its id: where the rows stand in another order, the same is learned.
 */
export function startFactors(ids: readonly string[], dims: number, seed: number): Float64Array {
  const factors = new Float64Array(ids.length * dims)
  for (const [row, id] of ids.entries()) {
    const random = createRandom(hashText(id, seed))
    for (let d = 0; d < dims; d++) factors[row * dims + d] = normal(random) / dims
  }
  return factors
}

/** FNV-1a over UTF-16 units, begun with the seed. */
function hashText(text: string, seed: number): number {
  let value = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
