import { tensorOf } from './columns.ts'
import { decodeTensors } from './safetensors.ts'

/**
 * The bytes of a newer file from those of an older one: literals, then a copy from the older file, and so on. `ops` are whole numbers, seven
 * bits a byte, the lowest first: how many literals, how far the copy begins from where one would expect it (doubled, and one less below
 * zero), how long it is. What comes out is not to be trusted before its hash was checked; throws what broken deltas make throw.
 */
export function applyDelta(older: Uint8Array, delta: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const { tensors } = decodeTensors(delta, 'delta')
  const ops = tensorOf(tensors, 'ops', Uint8Array, [undefined], 'delta')
  const literals = tensorOf(tensors, 'literals', Uint8Array, [undefined], 'delta')
  const newer = new Uint8Array(size)
  let [op, literal, from, at] = [0, 0, 0, 0]
  const next = () => {
    let [number, unit, byte] = [0, 1, 0]
    do {
      byte = ops[op++]!
      number += (byte & 127) * unit
      unit *= 128
    } while (byte > 127)
    return number
  }
  const add = (bytes: Uint8Array) => {
    newer.set(bytes, at)
    at += bytes.length
  }
  while (op < ops.length) {
    const fresh = next()
    add(literals.subarray(literal, (literal += fresh)))
    const jump = next()
    from += fresh + (jump % 2 ? -(jump + 1) / 2 : jump / 2)
    const copied = next()
    add(older.subarray(from, (from += copied)))
  }
  return newer
}
