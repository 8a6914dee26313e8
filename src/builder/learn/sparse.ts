/** A sparse matrix, compressed by rows; columns rise within a row. */
export interface SparseMatrix {
  readonly rows: number
  readonly columns: number
  /** Entries of row r are those from offsets[r] up to offsets[r + 1]; rows + 1 long. */
  readonly offsets: Uint32Array
  readonly indices: Uint32Array
  readonly values: Float64Array
}

/** Makes a matrix of one map (column to value) a row. */
export function sparseFromRows(maps: readonly ReadonlyMap<number, number>[], columns: number): SparseMatrix {
  const offsets = new Uint32Array(maps.length + 1)
  for (const [row, map] of maps.entries()) offsets[row + 1] = offsets[row]! + map.size
  const indices = new Uint32Array(offsets[maps.length]!)
  const values = new Float64Array(indices.length)
  for (const [row, map] of maps.entries()) {
    let at = offsets[row]!
    for (const column of Uint32Array.from(map.keys()).sort()) {
      indices[at] = column
      values[at++] = map.get(column)!
    }
  }
  return { rows: maps.length, columns, offsets, indices, values }
}

export function transpose({ rows, columns, offsets, indices, values }: SparseMatrix): SparseMatrix {
  const starts = new Uint32Array(columns + 1)
  for (const column of indices) starts[column + 1]!++
  for (let column = 0; column < columns; column++) starts[column + 1]! += starts[column]!
  const next = starts.slice()
  const turned = { indices: new Uint32Array(indices.length), values: new Float64Array(indices.length) }
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const to = next[indices[at]!]!++
      turned.indices[to] = row
      turned.values[to] = values[at]!
    }
  }
  return { rows: columns, columns: rows, offsets: starts, ...turned }
}

/** The rows of these numbers, in their order. */
export function chooseRows({ columns, offsets, indices, values }: SparseMatrix, rows: readonly number[]): SparseMatrix {
  const maps = rows.map((row) => {
    const map = new Map<number, number>()
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) map.set(indices[at]!, values[at]!)
    return map
  })
  return sparseFromRows(maps, columns)
}

/** The columns of these numbers, in their order. */
export function chooseColumns(matrix: SparseMatrix, columns: readonly number[]): SparseMatrix {
  return transpose(chooseRows(transpose(matrix), columns))
}
