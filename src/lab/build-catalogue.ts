import { parse } from 'csv-parse/browser/esm/sync'
import { packBundle } from '../bundle/pack.ts'
import { sha256 } from '../bundle/verify-file.ts'
import { groupVariants } from '../builder/group-variants.ts'
import { learnColumns } from '../builder/learn/learn-columns.ts'
import { defaultLearning } from '../builder/learn/learning-settings.ts'
import { packColumns } from '../builder/pack-columns.ts'
import { delimiterOf } from '../builder/read/csv-delimiter.ts'
import { readCatalogue } from '../builder/read/read-catalogue.ts'
import type { Row } from '../builder/read/rows.ts'
import { defaultSettings } from '../core/settings.ts'
import { WindowshopError } from '../errors.ts'

export interface CatalogueText {
  /** CSV with a header, as `windowshop build --catalogue` reads it. */
  readonly text: string
  /** Name of the file, which stands for the shop's. */
  readonly name: string
}

/**
 * Builds a bundle of a catalogue alone, in the browser, as the command does without a log: content, no collaboration.
 * Resolves to its files by name; throws the reader's `input-...` errors.
 */
export async function buildCatalogue({ text, name }: CatalogueText): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const { columns, rows } = rowsOf(text, name)
  async function* batches() {
    yield rows
  }
  const { items } = await readCatalogue({ file: name, columns, batches: batches() }, {})
  const learnt = learnColumns(groupVariants(items, new Map()), [], { settings: defaultLearning })
  const packed = packColumns(learnt, items, { shop: name.replace(/\.\w+$/, '') })
  const ids = new TextEncoder().encode(JSON.stringify(packed.ids))
  const { files } = await packBundle({
    ...packed,
    generation: (await sha256(ids)).slice(0, 16),
    settings: defaultSettings,
    data: {},
    quality: {},
    head: packed.ids.length,
  })
  return files as Map<string, Uint8Array<ArrayBuffer>>
}

function rowsOf(text: string, name: string): { columns: Set<string>; rows: Row[] } {
  const columns = new Set<string>()
  try {
    const rows = parse(text.replaceAll('\r\n', '\n'), {
      bom: true,
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      columns: (header: string[]) => header.map((each) => (columns.add(each.trim()), each.trim())),
      on_record: (values: Record<string, string>, { lines }): Row => ({ line: lines, values }),
    }) as unknown as Row[]
    return { columns, rows }
  } catch (error) {
    const { lines, message } = error as { readonly lines?: number; readonly message: string }
    throw new WindowshopError(
      'input-row',
      { where: name, ...(lines && { line: lines }), got: message },
      { cause: error },
    )
  }
}
