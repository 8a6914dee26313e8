import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
import '@tensorflow/tfjs-backend-webgpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { type CreateContender, timed } from './contender.ts'

setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/')

/**
 * matMul, the masked bias, and topk: each formulation is a contender of its own, and the quickest counts. A shop's page is
 * not cross-origin isolated, so its TensorFlow.js has no threads; `threads` allows them to this page's.
 */
export const tfjs = (backend: 'webgpu' | 'wasm' | 'cpu', threads: boolean): CreateContender[] =>
  [false, true].map((transposed) => async ({ items, dims, k, vectors, maskedBias }) => {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads)
    if (!(await tf.setBackend(backend))) throw new Error(`no ${backend} backend`)
    const [{ table, bias }, buildMs] = await timed(async () => {
      const rows = tf.tensor2d(vectors, [items, dims])
      const held = transposed ? tf.transpose(rows) : rows
      if (transposed) rows.dispose()
      return { table: held, bias: tf.tensor1d(maskedBias) }
    })
    return {
      name: `tfjs/${backend}`,
      buildMs,
      bytes: vectors.byteLength + maskedBias.byteLength,
      async run(batch) {
        await tf.setBackend(backend)
        const indices = tf.tidy(() => {
          const width = Math.max(1, batch.length)
          const flat = Float32Array.from(batch.flatMap(({ vector }) => [...vector]))
          const queries = tf.tensor2d(flat, [width, dims])
          const scores = tf.matMul(queries, table as tf.Tensor2D, false, !transposed)
          return tf.topk(tf.add(scores, bias), Math.min(k, items)).indices
        })
        const rows = (await indices.data()) as Int32Array
        indices.dispose()
        return batch.map((_, i) => rows.subarray(i * k, (i + 1) * k))
      },
      close() {
        table.dispose()
        bias.dispose()
      },
    }
  })
