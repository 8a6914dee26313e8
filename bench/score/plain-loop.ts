import { hasBit } from '../../src/core/bitmask.ts'
import { TopHeap } from '../../src/scoring/top-heap.ts'
import type { CreateContender } from './contender.ts'

/** What one would write first: a loop over float32 vectors, and a heap. */
export const plainLoop: CreateContender = async ({ items, dims, vectors }) => ({
  name: 'plain-loop',
  buildMs: 0,
  bytes: vectors.byteLength,
  run: async (batch) =>
    batch.map(({ vector, bias, mask, k }) => {
      const query = Float32Array.from(vector)
      const best = new TopHeap(k)
      for (let row = 0, at = 0; row < items; row++, at += dims) {
        if (hasBit(mask, row)) continue
        let a = 0
        let b = 0
        let d = 0
        for (; d + 1 < dims; d += 2) {
          a += vectors[at + d]! * query[d]!
          b += vectors[at + d + 1]! * query[d + 1]!
        }
        if (d < dims) a += vectors[at + d]! * query[d]!
        const score = a + b + (bias ? bias[row]! : 0)
        if (score > best.threshold) best.offer(row, score)
      }
      return best.sorted().rows
    }),
  close() {},
})
