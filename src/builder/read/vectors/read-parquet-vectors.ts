import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { WindowshopError } from '../../../errors.ts'
import { checkMatrix, type Matrix } from './matrix.ts'

/** Vectors, and what the file calls each of their items. */
export interface NamedMatrix extends Matrix {
  readonly names: readonly string[]
}

/**
 * Reads a column of lists of numbers and the column of ids beside it, such as `features` and `id` of Spark's ALS model, from one Parquet
 * file or the parts of a folder. Throws `input-format`, `input-column` and `input-number`.
 */
export async function readParquetVectors(files: readonly string[], where: string): Promise<NamedMatrix> {
  const rows: Record<string, unknown>[] = []
  for (const file of files) {
    try {
      // One at a time: they are read whole.
      rows.push(...(await parquetReadObjects({ file: await asyncBufferFromFile(file), compressors })))
    } catch (error) {
      throw new WindowshopError(
        'input-format',
        { where: file, expected: 'Parquet', got: String(error) },
        { cause: error },
      )
    }
  }
  const columns = Object.keys(rows[0] ?? {})
  const list = columns.find((column) => isList(rows[0]![column]))
  const id = columns.find((column) => column !== list)
  if (list === undefined || id === undefined) {
    const expected = 'a column of ids and one of lists of numbers'
    throw new WindowshopError('input-column', { where, column: 'features', expected, got: columns.join(', ') })
  }
  const dims = (rows[0]![list] as ArrayLike<number>).length
  const values = new Float32Array(rows.length * dims)
  for (const [row, { [list]: vector }] of rows.entries()) {
    if (!isList(vector) || vector.length !== dims) {
      const got = isList(vector) ? vector.length : typeof vector
      throw new WindowshopError('input-number', {
        where,
        line: row + 1,
        column: list,
        expected: `${dims} numbers`,
        got,
      })
    }
    values.set(vector, row * dims)
  }
  return { ...checkMatrix({ rows: rows.length, dims, values }, where), names: rows.map((row) => String(row[id])) }
}

function isList(value: unknown): value is ArrayLike<number> {
  return (Array.isArray(value) && value.every((n) => typeof n === 'number')) || value instanceof Float32Array
}
