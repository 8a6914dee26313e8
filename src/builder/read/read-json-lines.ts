import { WindowshopError } from '../../errors.ts'
import { flattenEvent } from './flatten-event.ts'
import type { Row, RowReader } from './rows.ts'

const batchRows = 4096
const lineLimit = 1 << 24

/** Reads one JSON object a line. Objects with a list of items (GA4) become one row an item. */
export async function readJsonLines(file: string, bytes: AsyncIterable<Buffer>): Promise<RowReader> {
  const columns = new Set<string>()
  return { columns, batches: batches(file, bytes, columns) }
}

async function* batches(file: string, bytes: AsyncIterable<Buffer>, columns: Set<string>): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  let line = 0
  for await (const text of lines(file, bytes)) {
    line++
    if (text.trim() === '') continue
    for (const values of flattenEvent(parseObject(file, line, text))) {
      for (const name in values) columns.add(name)
      batch.push({ line, values })
    }
    if (batch.length < batchRows) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function parseObject(file: string, line: number, text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new WindowshopError(
      'input-row',
      { where: file, line, expected: 'JSON', got: text.slice(0, 40) },
      { cause: error },
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WindowshopError('input-row', { where: file, line, expected: 'a JSON object', got: text.slice(0, 40) })
  }
  return value as Record<string, unknown>
}

/** Splits at line feeds only: U+2028 may stand inside a JSON string. */
async function* lines(file: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true })
    const parts = rest.split('\n')
    rest = parts.pop()!
    if (rest.length > lineLimit) {
      throw new WindowshopError('input-format', {
        where: file,
        expected: 'one JSON object a line',
        got: 'one long line',
      })
    }
    yield* parts
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}
