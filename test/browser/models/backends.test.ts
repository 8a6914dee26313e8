import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import '@tensorflow/tfjs-backend-webgl'
import '@tensorflow/tfjs-backend-webgpu'
import simdThreads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import scalar from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { packBundle } from '../../../src/bundle/pack.ts'
import { decodeWeights } from '../../../src/models/decode-weights.ts'
import { openForeign } from '../../../src/models/foreign-encoder.ts'
import { createPlainEncoder } from '../../../src/models/plain-encoder.ts'
import { readModel } from '../../../src/models/read-model.ts'
import { writeModel } from '../../../src/models/write-model.ts'
import { randomEncoder, randomInput } from '../../models/random-encoder.ts'
import { expectAlike, laterAttention } from '../../models/reference-attention.ts'
import { randomPackInput } from '../../support/random-bundle.ts'
import { seededRandom } from '../../support/seed.ts'

setWasmPaths({
  'tfjs-backend-wasm.wasm': scalar,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': simdThreads,
})

for (const backend of ['cpu', 'wasm', 'webgl', 'webgpu']) {
  test(`on ${backend} the definition and the shipped graph attend as the plain twin does`, async () => {
    const random = seededRandom(backend)
    expect(await tf.setBackend(backend)).toBe(true)
    expect(tf.getBackend()).toBe(backend)
    for (let run = 0; run < 3; run++) {
      const { shape, weights } = randomEncoder(random, 8 * 2 ** run)
      const { manifest, files } = await packBundle({
        ...randomPackInput({ items: 20, dims: [shape.dims, 8], random }),
        encoder: { kind: 'windowshop', length: shape.length, ...writeModel(weights, shape) },
      })
      const artifacts = readModel(manifest, files)
      const encoder = { shape, weights: decodeWeights(artifacts, shape) }
      const twin = createPlainEncoder(encoder.weights, shape)
      const graph = await openForeign(artifacts, shape)
      for (let session = 0; session < 3; session++) {
        const input = randomInput(random, shape)
        const expected = await twin.attend(input)
        expectAlike(await laterAttention(encoder, input), expected)
        expectAlike(await graph.attend(input), expected)
      }
      graph.close()
    }
  })
}
