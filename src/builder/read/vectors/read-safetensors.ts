import { WindowshopError } from '../../../errors.ts'
import { checkMatrix, readFloats, type FloatType, type Matrix } from './matrix.ts'

const types: Readonly<Record<string, FloatType>> = { F64: 'f8', F32: 'f4', F16: 'f2', BF16: 'bf16' }

/**
 * Reads one matrix of floats of a safetensors file, by name, or the only one that there is: PyTorch's and others', where a bundle's own
 * reader knows but the types that bundles hold. Throws `input-format` and `input-number`.
 */
export function readSafetensors(bytes: Uint8Array, where: string, name?: string): Matrix {
  const fail = (expected: string, got: string): never => {
    throw new WindowshopError('input-format', { where, expected, got })
  }
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true))
  if (length > bytes.length - 8) return fail('a safetensors header', `${bytes.length} bytes`)
  const found = matricesOf(bytes.subarray(8, 8 + length)) ?? fail('a safetensors header', 'something else')
  const chosen = found.filter((entry) => name === undefined || entry.name === name)
  const names = found.map((entry) => entry.name).join(', ') || 'none'
  if (chosen.length !== 1) return fail(name ?? 'one matrix of floats, or its name behind #', names)
  const [{ type, rows, dims, begin }] = chosen as [TensorEntry]
  const values = readFloats(bytes.subarray(8 + length + begin), type, rows * dims)
  return checkMatrix({ rows, dims, values: values ?? fail(`${rows} x ${dims} numbers`, 'fewer') }, where)
}

interface TensorEntry {
  readonly name: string
  readonly type: FloatType
  readonly rows: number
  readonly dims: number
  readonly begin: number
}

/** The matrices of floats that a header lists; undefined where it is none. */
function matricesOf(header: Uint8Array): TensorEntry[] | undefined {
  try {
    const entries = Object.entries(JSON.parse(Buffer.from(header).toString('utf8')) as Record<string, unknown>)
    return entries.flatMap(([name, value]) => {
      const { dtype, shape, data_offsets: offsets } = value as { [key: string]: unknown }
      const type = typeof dtype === 'string' ? types[dtype] : undefined
      const isMatrix = isCounts(shape) && shape.length === 2 && isCounts(offsets) && offsets.length === 2
      return type && isMatrix ? [{ name, type, rows: shape[0]!, dims: shape[1]!, begin: offsets[0]! }] : []
    })
  } catch {
    return undefined
  }
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0)
}
