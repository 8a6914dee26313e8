import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { WindowshopError } from '../../errors.ts'
import { delimiterOf } from './csv-delimiter.ts'
import type { Row, RowReader } from './rows.ts'

const batchRows = 4096

/** Reads CSV with a header (RFC 4180; separated by comma, semicolon or tab). `start` is the text's beginning. */
export async function readCsv(file: string, start: string, bytes: AsyncIterable<Buffer>): Promise<RowReader> {
  const columns = new Set<string>()
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(start),
    skip_empty_lines: true,
    columns: (header: string[]) => {
      const names = header.map((name) => name.trim())
      for (const name of names) {
        if (columns.has(name)) {
          throw new WindowshopError('input-column', { where: file, line: 1, column: name, expected: 'distinct names' })
        }
        columns.add(name)
      }
      return names
    },
    on_record: (values: Record<string, string>, { lines }): Row => ({ line: lines, values }),
  })
  pipeline(Readable.from(withLineFeeds(bytes)), parser, () => {})
  return { columns, batches: batches(file, parser) }
}

async function* batches(file: string, parser: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  try {
    for await (const row of parser) {
      if (batch.push(row) < batchRows) continue
      yield batch
      batch = []
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenRow(file, error) : error
  }
  if (batch.length > 0) yield batch
}

function brokenRow(file: string, error: CsvError): WindowshopError {
  const line = typeof error['lines'] === 'number' ? { line: error['lines'] } : {}
  const column = typeof error['column'] === 'string' ? { column: error['column'] } : {}
  return new WindowshopError('input-row', { where: file, ...line, ...column, got: error.message }, { cause: error })
}

/** Ends lines with a line feed alone: csv-parse counts the two characters of Windows as two lines inside quotes. */
async function* withLineFeeds(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held = false
  for await (const chunk of bytes) {
    if (!held && !chunk.includes(13)) {
      yield chunk
      continue
    }
    const joined: Buffer = held ? Buffer.concat([Buffer.of(13), chunk]) : chunk
    held = joined.at(-1) === 13
    const end = held ? joined.length - 1 : joined.length
    yield joined.subarray(0, end).filter((byte: number, at: number) => byte !== 13 || joined[at + 1] !== 10) as Buffer
  }
  if (held) yield Buffer.of(13)
}
