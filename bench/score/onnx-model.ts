// An ONNX model, written as the protocol buffer messages of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.

type Field = readonly [number: number, value: number | string | Uint8Array]

const float = 1
const int64 = 7

export interface ModelParts {
  readonly items: number
  readonly dims: number
  readonly k: number
  /** items x dims, row-major, or dims x items where `transposed`. */
  readonly table: Float32Array
  readonly transposed: boolean
  /** Added to the scores. */
  readonly bias: Float32Array
}

/** `queries` (any x dims) -> `rows` (any x k): Gemm or MatMul with the table, Add, TopK. */
export function onnxModel({ items, dims, k, table, transposed, bias }: ModelParts): Uint8Array {
  const product = transposed
    ? node('MatMul', ['queries', 'table'], ['products'])
    : node('Gemm', ['queries', 'table'], ['products'], message([1, 'transB'], [3, 1], [20, 2]))
  const graph = message(
    [1, product],
    [1, node('Add', ['products', 'bias'], ['scores'])],
    [1, node('TopK', ['scores', 'k'], ['best', 'rows'])],
    [2, 'scoring'],
    [5, tensor('table', transposed ? [dims, items] : [items, dims], float, table)],
    [5, tensor('bias', [items], float, bias)],
    [5, tensor('k', [1], int64, BigInt64Array.of(BigInt(k)))],
    [11, matrix('queries', float, dims)],
    [12, matrix('rows', int64, k)],
  )
  return message([1, 8], [7, graph], [8, message([2, 17])])
}

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  ...attributes: readonly Uint8Array[]
): Uint8Array {
  return message(
    ...inputs.map((name): Field => [1, name]),
    ...outputs.map((name): Field => [2, name]),
    [4, operator],
    ...attributes.map((attribute): Field => [5, attribute]),
  )
}

function tensor(name: string, shape: readonly number[], type: number, data: Float32Array | BigInt64Array): Uint8Array {
  return message(
    ...shape.map((size): Field => [1, size]),
    [2, type],
    [8, name],
    [9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)],
  )
}

/** The type of a matrix whose number of rows is open. */
function matrix(name: string, type: number, columns: number): Uint8Array {
  const shape = message([1, message([2, 'batch'])], [1, message([1, columns])])
  return message([1, name], [2, message([1, message([1, type], [2, shape])])])
}

function message(...fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [varint(number << 3), varint(value)]
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
    return [varint((number << 3) | 2), varint(bytes.length), bytes]
  })
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  do {
    bytes.push((rest % 128) | (rest >= 128 ? 128 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return Uint8Array.from(bytes)
}
