import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
import '@tensorflow/tfjs-backend-webgpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import simdThreads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import scalar from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import type { ScoreQuery } from '../../src/scoring/scorer.ts'
import { type CreateContender, timed } from './contender.ts'

setWasmPaths({
  'tfjs-backend-wasm.wasm': scalar,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': simdThreads,
})

export interface TfjsOptions {
  readonly backend: 'webgpu' | 'wasm' | 'cpu'
  /** A shop's page is not cross-origin isolated, so its TensorFlow.js has none. */
  readonly threads: boolean
  /** Whether there are batches of several queries. */
  readonly batched: boolean
}

/** How the product is written: queries x tableᵀ, queries x a table held transposed, table x queriesᵀ. */
const forms = ['table', 'transposed', 'queries-last'] as const

/**
 * matMul, the masked bias, and topk: each formulation is a contender of its own, and the quickest counts; a batch also
 * query by query.
 */
export const tfjs = ({ backend, threads, batched }: TfjsOptions): CreateContender[] =>
  forms.flatMap((form) => (batched ? [true, false] : [true]).map((atOnce) => contender(backend, threads, form, atOnce)))

function contender(
  ...[backend, threads, form, atOnce]: [TfjsOptions['backend'], boolean, (typeof forms)[number], boolean]
): CreateContender {
  return async ({ items, dims, k, vectors, maskedBias }) => {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads)
    if (!(await tf.setBackend(backend))) throw new Error(`no ${backend} backend`)
    const [{ table, bias }, buildMs] = await timed(async () => {
      const rows = tf.tensor2d(vectors, [items, dims])
      const held = form === 'transposed' ? tf.transpose(rows) : rows
      if (form === 'transposed') rows.dispose()
      return { table: held as tf.Tensor2D, bias: tf.tensor1d(maskedBias) }
    })
    const scores = (queries: tf.Tensor2D) =>
      form === 'queries-last'
        ? tf.transpose(tf.matMul(table, queries, false, true))
        : tf.matMul(queries, table, false, form === 'table')
    async function best(batch: readonly ScoreQuery[]): Promise<Int32Array[]> {
      const indices = tf.tidy(() => {
        const flat = Float32Array.from(batch.flatMap(({ vector }) => [...vector]))
        return tf.topk(tf.add(scores(tf.tensor2d(flat, [batch.length, dims])), bias), Math.min(k, items)).indices
      })
      const rows = (await indices.data()) as Int32Array
      indices.dispose()
      return batch.map((_, i) => rows.subarray(i * k, (i + 1) * k))
    }
    return {
      name: `tfjs/${backend}`,
      buildMs,
      bytes: vectors.byteLength + maskedBias.byteLength,
      async run(batch) {
        if (atOnce) return best(batch)
        return (await Promise.all(batch.map((query) => best([query])))).flat()
      },
      close() {
        table.dispose()
        bias.dispose()
      },
    }
  }
}
