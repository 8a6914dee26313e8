import { WindowshopError } from '../errors.ts'
import type { EncoderWeights } from './encoder.ts'
import { weightShapes } from './model-topology.ts'
import type { ModelArtifacts } from './read-model.ts'

/** Sums of a dozen hundred numbers stay finite in float32 below it. */
const largest = 1e6

/**
 * The parameters of our encoder, of the shapes that it must have and finite; throws `bundle-malformed` and `bundle-numbers`.
 * Its topology is not read: it is what `model-topology.ts` writes, for other readers.
 */
export function decodeWeights(
  { specs, weights }: ModelArtifacts,
  shape: { dims: number; length: number },
): EncoderWeights {
  const shapes = weightShapes(shape)
  const decoded: Record<string, Float32Array> = {}
  let at = 0
  for (const { name, shape: size, dtype, quantization } of specs) {
    const stored = quantization?.dtype ?? dtype
    if (stored === 'uint8' || stored === 'float16') fail(name, 'float32, int32 or uint16', stored)
    const width = stored === 'uint16' ? 2 : 4
    const count = size.reduce((product, n) => product * n, 1)
    const bytes = weights.slice(at, (at += count * width)).buffer
    const own = name.replace('weights/', '')
    const expected = Object.hasOwn(shapes, own) ? shapes[own] : undefined
    if (!expected) continue
    if (expected.join() !== size.join()) fail(name, `shape ${expected.join(' x ')}`, size.join(' x '))
    decoded[own] = quantization
      ? Float32Array.from(new Uint16Array(bytes), (code) => code * quantization.scale + quantization.min)
      : new Float32Array(bytes)
    const wrong = decoded[own].find((value) => !(Math.abs(value) < largest))
    if (wrong !== undefined) {
      throw new WindowshopError('bundle-numbers', { where: name, expected: `below ${largest}`, got: wrong })
    }
  }
  for (const name of Object.keys(shapes)) if (!decoded[name]) fail(name, 'weights', 'none')
  return decoded as unknown as EncoderWeights
}

function fail(column: string, expected: string, got: string): never {
  throw new WindowshopError('bundle-malformed', { where: 'model.json', column, expected, got })
}
