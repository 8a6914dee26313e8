import { cosineOfRows } from '../bundle/row-vector.ts'
import type { Settings } from '../core/settings.ts'
import { contentSegment } from '../pipeline/answer-page.ts'
import { shelfOf, type LabBench } from './bench.ts'
import type { PlaceOnList } from './lab-api.ts'

/** Cards of the list, as Tune shows it. */
const limit = 12

/** What the arrangement saw when it gave a row its place on the for-you list; undefined where it gave none. */
export async function placeOnList(
  bench: LabBench,
  row: number,
  change: Partial<Settings>,
): Promise<PlaceOnList | undefined> {
  const { bundle } = bench
  const answer = await shelfOf(bench, { placement: 'for-you', limit, reasons: 1, settings: change })
  const rows = 'items' in answer ? answer.items.map(({ card }) => bundle.rowOf(card.id)!) : []
  const at = rows.indexOf(row)
  if (at < 0) return undefined
  const segment = contentSegment(bundle)
  const above = rows.slice(0, at).map((other) => cosineOfRows(bundle.table, segment, [row, other]))
  return { place: at + 1, likeness: above.length > 0 ? Math.max(0, ...above) : undefined }
}
