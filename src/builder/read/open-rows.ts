import { WindowshopError } from '../../errors.ts'
import { checkUtf8 } from './check-utf8.ts'
import { probeFile, readBytes } from './read-bytes.ts'
import { readCsv } from './read-csv.ts'
import { readJsonLines } from './read-json-lines.ts'
import { readParquet } from './read-parquet.ts'
import type { RowReader } from './rows.ts'

export interface OpenedFile extends RowReader {
  readonly file: string
}

/**
 * Opens a CSV, JSON lines or Parquet file, the texts also gzipped; the format is told by the content.
 * `onBytes` hears how many bytes of the file were read. Throws `input-missing`, `input-empty`, `input-format` and, while
 * rows are read, `input-row`.
 */
export async function openRows(file: string, onBytes: (bytes: number) => void = () => {}): Promise<OpenedFile> {
  const { size, start } = await probeFile(file)
  const reader =
    start.toString('latin1') === 'PAR1' ? await readParquet(file, size, onBytes) : await openText(file, onBytes)
  const batches = reader.batches[Symbol.asyncIterator]()
  const first = await batches.next()
  if (first.done) throw new WindowshopError('input-empty', { where: file, expected: 'rows' })
  return { file, columns: reader.columns, batches: resume(first.value, batches) }
}

async function openText(file: string, onBytes: (bytes: number) => void): Promise<RowReader> {
  const chunks = readBytes(file, onBytes)
  const first = await chunks.next()
  if (first.done) throw new WindowshopError('input-empty', { where: file, expected: 'rows' })
  if (first.value.subarray(0, 4096).includes(0)) {
    throw new WindowshopError('input-format', {
      where: file,
      expected: 'CSV, JSON lines or Parquet',
      got: 'binary data',
    })
  }
  const start = first.value
    .toString('utf8', 0, 65_536)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (start === '' && first.value.length < 65_536)
    throw new WindowshopError('input-empty', { where: file, expected: 'rows' })
  const bytes = checkUtf8(file, resume(first.value, chunks))
  if (start.startsWith('[')) {
    throw new WindowshopError('input-format', { where: file, expected: 'one JSON object a line', got: 'a JSON array' })
  }
  return start.startsWith('{') ? readJsonLines(file, bytes) : readCsv(file, start, bytes)
}

async function* resume<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
