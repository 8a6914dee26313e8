import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { WindowshopError } from '../../../errors.ts'
import { resolveColumns, type ColumnMap } from '../columns.ts'
import { openRows } from '../open-rows.ts'
import { readText } from '../values.ts'
import type { Matrix } from './matrix.ts'
import { readNpy } from './read-npy.ts'
import { readParquetVectors } from './read-parquet-vectors.ts'
import { readSafetensors } from './read-safetensors.ts'

/** Vectors of items, from whatever has made them. */
export interface ItemVectors {
  readonly dims: number
  readonly of: (item: string) => Float32Array | undefined
  /** As the file says: from Spark's ALS and the like, or from elsewhere. */
  readonly format: 'npy' | 'safetensors' | 'parquet'
}

export interface VectorFiles {
  /** A `.npy` or safetensors file (a tensor's name may follow behind `#`), a Parquet file, or a folder of its parts. */
  readonly file: string
  /**
   * A table whose lines tell items from the file's own numbers: a column for `item` and one for `row`; where there is no `row`, the lines
   * stand in the order of the vectors. Without this file, a Parquet's ids and otherwise the numbers of rows from 0 are the items' ids.
   */
  readonly ids?: string | undefined
  readonly map: ColumnMap
}

/** Reads vectors and tells whose they are. Throws `input-missing`, `input-format`, `input-number`, `input-column` and `input-empty`. */
export async function readItemVectors({ file, ids, map }: VectorFiles): Promise<ItemVectors> {
  const [path = file, tensor] = file.split('#')
  const { format, matrix, names } = await readMatrix(path, tensor)
  const itemOf = ids === undefined ? undefined : await readIds(ids, map)
  const rows = new Map<string, number>()
  for (let row = 0; row < matrix.rows; row++) {
    const own = names?.[row] ?? String(row)
    const item = itemOf ? (itemOf.get(own) ?? itemOf.get(`#${row}`)) : own
    if (item !== undefined) rows.set(item, row)
  }
  if (rows.size === 0)
    throw new WindowshopError('input-empty', { where: ids ?? file, expected: 'items of the vectors' })
  const { dims, values } = matrix
  return {
    dims,
    format,
    of(item) {
      const row = rows.get(item)
      return row === undefined ? undefined : values.subarray(row * dims, (row + 1) * dims)
    },
  }
}

async function readMatrix(
  path: string,
  tensor: string | undefined,
): Promise<{ format: ItemVectors['format']; matrix: Matrix; names?: readonly string[] }> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new WindowshopError('input-missing', { where: path, got: error.code ?? error.message }, { cause: error })
  })
  if (found.isDirectory()) {
    const parts = (await readdir(path)).filter((name) => name.endsWith('.parquet')).sort()
    if (parts.length === 0) throw new WindowshopError('input-empty', { where: path, expected: 'parts of Parquet' })
    return named(
      parts.map((name) => join(path, name)),
      path,
    )
  }
  const bytes = await readFile(path)
  const start = bytes.toString('latin1', 0, 9)
  if (start.startsWith('PAR1')) return named([path], path)
  if (start.startsWith('\x93NUMPY')) return { format: 'npy', matrix: readNpy(bytes, path) }
  if (start[8] === '{') return { format: 'safetensors', matrix: readSafetensors(bytes, path, tensor) }
  throw new WindowshopError('input-format', {
    where: path,
    expected: 'npy, safetensors or Parquet',
    got: 'something else',
  })
}

async function named(files: readonly string[], where: string): ReturnType<typeof readMatrix> {
  const matrix = await readParquetVectors(files, where)
  return { format: 'parquet', matrix, names: matrix.names }
}

/** Items by what the vectors' file calls them; by `#` and the line's number where the table does not say. */
async function readIds(file: string, map: ColumnMap): Promise<ReadonlyMap<string, string>> {
  const opened = await openRows(file)
  const items = new Map<string, string>()
  let columns: Partial<Record<'row' | 'item', string>> | undefined
  let line = 0
  for await (const rows of opened.batches) {
    columns ??= resolveColumns(opened, { fields: ['row', 'item'], needed: ['item'], map })
    for (const { values } of rows) {
      const item = readText(values[columns.item!])
      const row = columns.row === undefined ? `#${line}` : readText(values[columns.row])
      line++
      if (item !== undefined && row !== undefined) items.set(row, item)
    }
  }
  return items
}
