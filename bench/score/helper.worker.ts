import relaxedKernel from '../../src/scoring/scan.as.ts?wasm&enable=simd,relaxed-simd'
import type { Scorer } from '../../src/scoring/scorer.ts'
import { createWasmScorer, simdKernel } from '../../src/scoring/wasm-scorer.ts'
import type { HelperMessage } from './measure-helpers.ts'

/** Holds a slice of the table, and answers for it. */
let scorer: Scorer | undefined

async function answer({ table, query }: HelperMessage): Promise<void> {
  if (table) scorer = createWasmScorer(table, { kernels: [relaxedKernel, simdKernel] })
  postMessage(query ? (await scorer!.topK([query]))[0] : undefined)
}
addEventListener('message', ({ data }: MessageEvent<HelperMessage>) => void answer(data))
