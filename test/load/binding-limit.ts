import { rowStride } from '../../src/bundle/item-table.ts'
import type { FaultRow } from '../faults/fault-row.ts'
import { openGpuPage } from './lab/open-gpu-page.ts'

const dims = [64, 32, 128]
/** A device may have less per binding than its adapter, but no less than this: WebGPU's default. */
const leastLimit = 2 ** 27

/** Tables of just as many bytes as one binding of the device may have, four bytes more and four less: one binding, or two. */
export const bindingLimit: FaultRow = {
  id: 'binding-limit',
  kind: 'load',
  fault: "as many items as fill the device's binding limit, and 4 bytes more or less",
  holds: 'the top 20 and their scores are those of a float64 product; what does not fit into one binding lies in two',
  runs: { test: 1, ci: 'all', release: 'all' },

  async open() {
    const page = await openGpuPage()
    const cases = dims.flatMap((width) => [-4, 0, 4].map((more) => ({ width, more })))
    return {
      all: cases.length,
      async run(_random, n) {
        const { width, more } = cases[n]!
        const stride = rowStride([width])
        const items = leastLimit / stride + 3
        const limit = items * stride + more
        const seen = await page.score({ items, dims: width, limit, seed: n + 1 })
        if (seen.limit !== limit) throw new Error(`the device's limit is ${seen.limit}, not ${limit}`)
        if (seen.parts !== (more < 0 ? 2 : 1))
          throw new Error(`${items * stride} bytes in ${seen.parts} bindings of ${limit}`)
        return seen.parts
      },
      close: () => page.close(),
    }
  },
}
