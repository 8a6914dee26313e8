import { shelfOf, type LabBench } from './bench.ts'
import type { TuneAnswer, TuneRequest } from './lab-api.ts'

/** One list for each of several settings, every row of the catalogue scored anew for each. */
export async function tune(bench: LabBench, { placement, item, limit, settings }: TuneRequest): Promise<TuneAnswer> {
  const start = performance.now()
  const lists = []
  for (const change of settings) {
    const request = { placement, limit, settings: change, reasons: 1, ...(item !== undefined && { item }) }
    const answer = await shelfOf(bench, request)
    lists.push('items' in answer ? answer.items.map(({ card, score, moved }) => ({ card, score, moved })) : [])
  }
  return { lists, milliseconds: performance.now() - start }
}
