import { ruleLimits } from '../../bundle/parse-rules.ts'
import { WindowshopError } from '../../errors.ts'
import { resolveColumns, type ColumnMap } from '../read/columns.ts'
import type { OpenedFile } from '../read/open-rows.ts'
import { readNumber, readText } from '../read/values.ts'

/** Margin as a share of the price, by item id. */
export type Margins = ReadonlyMap<string, number>

/** Fewer items than this would tell too much about each. */
const fewest = 30

/** Reads a column of margins, else prices and costs; lines without an id or a number are left out. Throws `input-column`. */
export async function readMargins(opened: OpenedFile, map: ColumnMap): Promise<Margins> {
  const margins = new Map<string, number>()
  for await (const batch of opened.batches) {
    const columns = resolveColumns(opened, { fields: ['id', 'margin', 'cost', 'price'], needed: ['id'], map })
    const needed = columns.margin ?? columns.cost
    if (needed === undefined) {
      throw new WindowshopError('input-column', {
        where: opened.file,
        column: 'margin',
        expected: 'a column for margin, or for cost (see --map)',
      })
    }
    for (const { line, values } of batch) {
      const id = readText(values[columns.id!])
      const number = (column: string | undefined) =>
        column === undefined ? undefined : readNumber(values[column], { where: opened.file, line, column })
      const given = number(columns.margin)
      const [price, cost] = [number(columns.price), number(columns.cost)]
      const margin = given ?? (price && cost !== undefined ? (price - cost) / price : undefined)
      if (id && margin !== undefined) margins.set(id, margin)
    }
  }
  return margins
}

/**
 * Ids of the items whose margin is among the highest, sorted: a list tells of an item that it is high, and no number, no
 * order and no cost. Throws `input-empty` for so few items that it would tell more.
 */
export function highMargins(margins: Margins, share: number): string[] {
  if (margins.size < fewest)
    throw new WindowshopError('input-empty', {
      where: 'margin',
      expected: `${fewest} items or more`,
      got: margins.size,
    })
  const count = Math.min(ruleLimits.items, Math.floor(margins.size * share))
  const ranked = [...margins].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return ranked
    .slice(0, count)
    .map(([id]) => id)
    .sort()
}
