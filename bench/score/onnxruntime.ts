import * as ort from 'onnxruntime-web/wasm'
import { type CreateContender, timed } from './contender.ts'
import { onnxModel } from './onnx-model.ts'

/** ONNX Runtime: one contender with the table as it lies, one with it transposed. */
export const onnxruntime: CreateContender[] = [false, true].map(
  (transposed) =>
    async ({ items, dims, k, vectors, maskedBias }) => {
      // As many as a shop's page has, which is not cross-origin isolated.
      ort.env.wasm.numThreads = 1
      const [session, buildMs] = await timed(() => {
        const table = transposed ? transpose(vectors, items, dims) : vectors
        const model = onnxModel({ items, dims, k, table, transposed, bias: maskedBias })
        return ort.InferenceSession.create(model, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' })
      })
      return {
        name: 'onnxruntime-web',
        buildMs,
        bytes: vectors.byteLength + maskedBias.byteLength,
        async run(batch) {
          const queries = Float32Array.from(batch.flatMap(({ vector }) => [...vector]))
          const { rows } = await session.run({ queries: new ort.Tensor('float32', queries, [batch.length, dims]) })
          return batch.map((_, i) => Array.from(rows!.data.subarray(i * k, (i + 1) * k), Number))
        },
        close: () => void session.release(),
      }
    },
)

function transpose(vectors: Float32Array, items: number, dims: number): Float32Array {
  const columns = new Float32Array(vectors.length)
  for (let row = 0; row < items; row++) {
    for (let d = 0; d < dims; d++) columns[d * items + row] = vectors[row * dims + d]!
  }
  return columns
}
