import { WindowshopError } from '../../../errors.ts'

/** Vectors as they stand in a file: rows x dims, row-major, all numbers finite. */
export interface Matrix {
  readonly rows: number
  readonly dims: number
  readonly values: Float32Array
}

const mostDims = 4096

/** Checks what a file says it holds; throws `input-format` and `input-number`. */
export function checkMatrix(matrix: Matrix, where: string): Matrix {
  const { rows, dims, values } = matrix
  if (rows < 1 || dims < 1 || dims > mostDims || values.length !== rows * dims) {
    const expected = `rows of 1 to ${mostDims} numbers`
    throw new WindowshopError('input-format', { where, expected, got: `${rows} x ${dims}` })
  }
  const broken = values.findIndex((value) => !Number.isFinite(value))
  if (broken >= 0) {
    const line = Math.floor(broken / dims) + 1
    throw new WindowshopError('input-number', { where, line, expected: 'finite numbers', got: String(values[broken]) })
  }
  return matrix
}

const readers = {
  f8: (view: DataView, at: number) => view.getFloat64(at, true),
  f4: (view: DataView, at: number) => view.getFloat32(at, true),
  f2: (view: DataView, at: number) => halfFloat(view.getUint16(at, true)),
  bf16: (view: DataView, at: number) => {
    view16.setUint32(0, view.getUint16(at, true) << 16)
    return view16.getFloat32(0)
  },
}
const view16 = new DataView(new ArrayBuffer(4))
const sizes = { f8: 8, f4: 4, f2: 2, bf16: 2 }

export type FloatType = keyof typeof readers

/** Little-endian numbers of a type, as float32; undefined where there are not so many bytes. */
export function readFloats(bytes: Uint8Array, type: FloatType, count: number): Float32Array | undefined {
  if (bytes.length < count * sizes[type]) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: count }, (_, i) => readers[type](view, i * sizes[type]))
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}
