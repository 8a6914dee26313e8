import { WindowshopError } from '../../../errors.ts'
import { checkMatrix, readFloats, type FloatType, type Matrix } from './matrix.ts'

/**
 * Reads a two-dimensional NumPy array of floats, in C or Fortran order, as `numpy.save` writes it; throws `input-format` and
 * `input-number`. Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function readNpy(bytes: Uint8Array, where: string): Matrix {
  const fail = (got: string): never => {
    throw new WindowshopError('input-format', { where, expected: 'a two-dimensional array of floats (.npy)', got })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12) return fail(`${bytes.length} bytes`)
  const wide = bytes[6]! >= 2
  const start = wide ? 12 : 10
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true))
  const header = Buffer.from(bytes.subarray(start, end)).toString('latin1')
  const type = /'descr':\s*'<(f[248])'/.exec(header)?.[1]
  const shape = /'shape':\s*\((\d+),\s*(\d+),?\)/.exec(header)
  if (!type || !shape) return fail(header.trim().slice(0, 80))
  const [rows, dims] = [Number(shape[1]), Number(shape[2])]
  const values = readFloats(bytes.subarray(end), type as FloatType, rows * dims) ?? fail(`${bytes.length - end} bytes`)
  const fortran = /'fortran_order':\s*True/.test(header)
  const ordered = fortran ? values.map((_, i) => values[(i % dims) * rows + Math.floor(i / dims)]!) : values
  return checkMatrix({ rows, dims, values: ordered }, where)
}
