import type { ItemTable } from '../../src/bundle/item-table.ts'
import { openGpu } from '../../src/scoring/open-gpu.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import type { Scorer } from '../../src/scoring/scorer.ts'
import relaxedKernel from '../../src/scoring/scan.as.ts?wasm&enable=simd,relaxed-simd'
import { createWasmScorer, simdKernel } from '../../src/scoring/wasm-scorer.ts'
import { createWebgpuScorer } from '../../src/scoring/webgpu-scorer.ts'
import { type CreateContender, timed } from './contender.ts'

const createWebgpu = async (table: ItemTable) => createWebgpuScorer(table, await openGpu(), { ownsDevice: true })

export const plain = contender('plain', createPlainScorer)
export const wasm = contender('wasm', (table) => createWasmScorer(table, { kernels: [relaxedKernel, simdKernel] }))
export const webgpu = contender('webgpu', createWebgpu)

function contender(name: string, create: (table: ItemTable) => Scorer | Promise<Scorer>): CreateContender {
  return async ({ table }) => {
    const [scorer, buildMs] = await timed(() => create(table))
    return {
      name: `windowshop/${name}`,
      buildMs,
      bytes: (name === 'webgpu' ? 0 : table.rows.byteLength + table.scales.byteLength) + scorer.bytes,
      run: async (batch) => (await scorer.topK(batch)).map(({ rows }) => rows),
      close: () => scorer.close(),
    }
  }
}
