import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { WindowshopError } from '../../errors.ts'
import { flattenEvent } from './flatten-event.ts'
import type { Row, RowReader } from './rows.ts'

/** Reads Parquet, a row group at a time; `size` in bytes. */
export async function readParquet(file: string, size: number, onBytes: (bytes: number) => void): Promise<RowReader> {
  const buffer = await asyncBufferFromFile(file)
  const metadata = await parquetMetadataAsync(buffer).catch((error: unknown) => {
    throw brokenFile(file, error)
  })
  const columns = new Set(metadata.schema.slice(1).map((element) => element.name))
  async function* batches(): AsyncGenerator<Row[]> {
    let rowStart = 0
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows)
      const objects = await parquetReadObjects({ file: buffer, metadata, compressors, rowStart, rowEnd }).catch(
        (error: unknown) => {
          throw brokenFile(file, error)
        },
      )
      const batch = objects.flatMap((object, index) =>
        flattenEvent(object).map((values) => ({ line: rowStart + index + 1, values })),
      )
      for (const name of Object.keys(batch[0]?.values ?? {})) columns.add(name)
      onBytes(Math.round(size * (Number(group.num_rows) / Number(metadata.num_rows))))
      if (batch.length > 0) yield batch
      rowStart = rowEnd
    }
  }
  return { columns, batches: batches() }
}

function brokenFile(file: string, error: unknown): WindowshopError {
  const got = error instanceof Error ? error.message : String(error)
  return new WindowshopError('input-format', { where: file, expected: 'Parquet', got }, { cause: error })
}
