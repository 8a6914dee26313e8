import { WindowshopError } from '../errors.ts'
import type { TensorData, Tensors } from './safetensors.ts'

type Constructor<T> = { readonly name: string; new (...args: never[]): T }

/** A tensor of the given type and shape (`undefined` in it is any length); throws `bundle-malformed` for any other. */
export function tensorOf<T extends TensorData>(
  tensors: Tensors['tensors'],
  name: string,
  type: Constructor<T>,
  shape: readonly (number | undefined)[],
  where: string,
): T {
  const tensor = tensors.get(name)
  if (!(tensor?.data instanceof type)) {
    throw new WindowshopError('bundle-malformed', {
      where,
      column: name,
      expected: type.name,
      got: tensor ? tensor.data.constructor.name : 'nothing',
    })
  }
  const fits = tensor.shape.length === shape.length && shape.every((n, i) => n === undefined || n === tensor.shape[i])
  if (!fits) {
    throw new WindowshopError('bundle-malformed', {
      where,
      column: name,
      expected: `shape ${shape.map((n) => n ?? 'any').join(' x ')}`,
      got: tensor.shape.join(' x '),
    })
  }
  return tensor.data
}

/** Returns the numbers if all of them are finite and none is denormal; throws `bundle-numbers`. */
export function checkFinite(
  numbers: Float32Array<ArrayBuffer>,
  where: string,
  column: string,
): Float32Array<ArrayBuffer> {
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i]!)
    if (size <= 3.4028234663852886e38 && (size >= 1.1754943508222875e-38 || size === 0)) continue
    throw new WindowshopError('bundle-numbers', { where, column, expected: 'normal numbers', got: numbers[i]! })
  }
  return numbers
}

/** Refuses an index that is not below `size` with `bundle-malformed`. */
export function checkCodes(codes: Uint32Array, size: number, column: string): void {
  for (let i = 0; i < codes.length; i++) {
    if (codes[i]! < size) continue
    throw new WindowshopError('bundle-malformed', { column, expected: `below ${size}`, got: codes[i]! })
  }
}
