import type { EncoderWeights } from './encoder.ts'
import { modelTopology, weightShapes } from './model-topology.ts'

/** A TensorFlow.js model as the files of a bundle: `model.json` is made when its weights have their names. */
export interface ModelFiles {
  readonly weights: Uint8Array<ArrayBuffer>
  readonly json: (paths: readonly string[]) => unknown
}

/**
 * Writes our encoder in TensorFlow.js' own format. Weights are rounded to 16 bits, one scale a matrix: an error of at most 1/131,070
 * of what they span, half the bytes.
 */
export function writeModel(weights: EncoderWeights, shape: { dims: number; length: number }): ModelFiles {
  const { topology, signature, constants } = modelTopology(shape)
  const parts: Uint8Array[] = []
  const specs: unknown[] = []
  for (const [name, size] of Object.entries(weightShapes(shape))) {
    const { codes, scale, min } = round(weights[name as keyof EncoderWeights])
    parts.push(new Uint8Array(codes.buffer))
    specs.push({
      name: `weights/${name}`,
      shape: size,
      dtype: 'float32',
      quantization: { dtype: 'uint16', scale, min, original_dtype: 'float32' },
    })
  }
  for (const [name, { shape: size, data }] of Object.entries(constants)) {
    parts.push(new Uint8Array(data.buffer))
    specs.push({ name, shape: size, dtype: 'int32' })
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return {
    weights: bytes,
    json: (paths) => ({
      format: 'graph-model',
      generatedBy: 'windowshop',
      convertedBy: null,
      signature,
      modelTopology: topology,
      weightsManifest: [{ paths, weights: specs }],
    }),
  }
}

/** value ~ min + scale x code. */
function round(values: Float32Array): { codes: Uint16Array<ArrayBuffer>; scale: number; min: number } {
  const min = values.reduce((a, b) => Math.min(a, b), Infinity)
  const span = values.reduce((a, b) => Math.max(a, b), -Infinity) - min
  const scale = span > 0 ? span / 65_535 : 1
  return { codes: Uint16Array.from(values, (value) => Math.round((value - min) / scale)), scale, min }
}
