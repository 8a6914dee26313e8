import { WindowshopError } from '../errors.ts'

/**
 * The safetensors container: eight bytes of header length (little endian), a JSON header, then the tensors without holes.
 * Every binary file of a bundle is one, so that the tools of the field open it.
 * Format: https://huggingface.co/docs/safetensors
 */
export interface Tensors {
  readonly tensors: ReadonlyMap<string, Tensor>
  /** Free text, from the header's `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>
}

export interface Tensor {
  readonly shape: readonly number[]
  readonly data: TensorData
}

export type TensorData =
  | Float32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>

const types = { F32: Float32Array, U32: Uint32Array, U16: Uint16Array, I8: Int8Array, U8: Uint8Array } as const
type DType = keyof typeof types

const maxHeaderBytes = 1 << 16

/** Writes tensors in the order of their alignment, then of their names: the same tensors give the same bytes. */
export function encodeTensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const ordered = Object.entries(tensors).sort(
    ([a, { data: left }], [b, { data: right }]) => right.BYTES_PER_ELEMENT - left.BYTES_PER_ELEMENT || (a < b ? -1 : 1),
  )
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {}
  let length = 0
  for (const [name, { shape, data }] of ordered) {
    header[name] = { dtype: dtypeOf(data), shape, data_offsets: [length, length + data.byteLength] }
    length += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const start = Math.ceil((8 + json.length) / 8) * 8
  const bytes = new Uint8Array(start + length).fill(0x20, 8, start)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true)
  bytes.set(json, 8)
  let offset = start
  for (const [, { data }] of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset)
    offset += data.byteLength
  }
  return bytes
}

/** Reads tensors as views of `bytes`; throws `bundle-malformed` naming `where` for anything that breaks the format. */
export function decodeTensors(bytes: Uint8Array, where: string): Tensors {
  const fail = (expected: string, got: string | number, column?: string): never => {
    throw new WindowshopError('bundle-malformed', { where, ...(column && { column }), expected, got })
  }
  if (bytes.length < 8) return fail('a header of 8 bytes', `${bytes.length} bytes`)
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (headerLength > Math.min(maxHeaderBytes, bytes.length - 8)) return fail('a header within the file', headerLength)
  const start = 8 + headerLength
  const header = parseHeader(bytes.subarray(8, start)) ?? fail('a JSON object as header', 'something else')
  const body = aligned(bytes.subarray(start))
  const tensors = new Map<string, Tensor>()
  let expectedBegin = 0
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const entry = parseEntry(value) ?? fail('dtype, shape and data_offsets', JSON.stringify(value).slice(0, 80), name)
    const { dtype, shape, begin, end } = entry
    const size = shape.reduce((product, n) => product * n, 1) * types[dtype].BYTES_PER_ELEMENT
    if (begin !== expectedBegin || end > body.length) fail(`data from ${expectedBegin}`, `${begin} to ${end}`, name)
    if (size !== end - begin) fail(`${size} bytes`, end - begin, name)
    const length = size / types[dtype].BYTES_PER_ELEMENT
    const offset = body.byteOffset + begin
    if (offset % types[dtype].BYTES_PER_ELEMENT) fail('aligned data', begin, name)
    tensors.set(name, { shape, data: new types[dtype](body.buffer, offset, length) })
    expectedBegin = end
  }
  if (expectedBegin !== body.length) fail(`${body.length} bytes of tensors`, expectedBegin)
  return { tensors, metadata: parseMetadata(header['__metadata__']) }
}

function dtypeOf(data: TensorData): DType {
  return (Object.keys(types) as DType[]).find((dtype) => data instanceof types[dtype])!
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function parseEntry(value: unknown): { dtype: DType; shape: number[]; begin: number; end: number } | undefined {
  if (typeof value !== 'object' || !value) return undefined
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>
  if (typeof dtype !== 'string' || !Object.hasOwn(types, dtype)) return undefined
  if (!isCounts(shape) || shape.length > 4) return undefined
  if (!isCounts(offsets) || offsets.length !== 2) return undefined
  return { dtype: dtype as DType, shape, begin: offsets[0]!, end: offsets[1]! }
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0)
}

function parseMetadata(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || !value) return {}
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string')) as Record<
    string,
    string
  >
}

/** Views need an offset that their element size divides; a file that was cut out of another may not have one. */
function aligned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const usable = bytes.byteOffset % 4 === 0 && bytes.buffer instanceof ArrayBuffer
  return usable ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}
