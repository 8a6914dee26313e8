import { cosineOfRows } from '../bundle/row-vector.ts'
import type { EventRecord } from '../core/event.ts'
import { foldOf, shelfOf, type LabBench } from './bench.ts'
import type { ColdRequest, ColdStrip, ReplayAnswer, ReplayRequest, ReplayStep, ReplayQuality } from './lab-api.ts'

/**
 * Lives through the log again: before each item that the shopper had not met before, both settings make their list from
 * what had happened until then, and it is looked up where the item stands.
 */
export async function replay(bench: LabBench, { settings, k }: ReplayRequest): Promise<ReplayAnswer> {
  const { bundle, fold } = bench
  const events = fold.counted
  const met = new Set<number>()
  const steps: ReplayStep[] = []
  const lists: number[][][] = settings.map(() => [])
  for (const [at, event] of events.entries()) {
    const row = event.item === undefined ? undefined : bundle.rowOf(event.item)
    if (row === undefined || met.has(row)) continue
    met.add(row)
    const before = events.slice(0, at)
    if (before.length === 0) continue
    const places: (number | undefined)[] = []
    for (const [which, change] of settings.entries()) {
      const rows = await listOf({ ...bench, fold: foldOf(before), now: event.time }, { change, k })
      lists[which]!.push(rows)
      const place = rows.indexOf(row)
      places.push(place < 0 ? undefined : place + 1)
    }
    steps.push({ id: event.id, places })
  }
  return { k, steps, quality: settings.map((_, which) => judge(bench, { steps, which, lists: lists[which]! })) }
}

async function listOf(
  bench: LabBench,
  { change, k }: { readonly change: ReplayRequest['settings'][number]; readonly k: number },
): Promise<number[]> {
  const answer = await shelfOf(bench, { placement: 'for-you', limit: k, settings: change, reasons: 1 })
  return 'items' in answer ? answer.items.map(({ card }) => bench.bundle.rowOf(card.id)!) : []
}

interface Judged {
  readonly steps: readonly ReplayStep[]
  readonly which: number
  readonly lists: readonly (readonly number[])[]
}

/** Means over the steps; the field's definitions, one wanted item a list. */
function judge({ bundle }: LabBench, { steps, which, lists }: Judged): ReplayQuality {
  const places = steps.map((step) => step.places[which])
  const mean = (value: (place: number) => number) =>
    places.reduce<number>((sum, place) => sum + (place === undefined ? 0 : value(place)), 0) / (places.length || 1)
  const segment = Math.max(
    0,
    bundle.manifest.segments.findIndex(({ name }) => name === 'content'),
  )
  const apart = lists
    .filter((rows) => rows.length > 1)
    .map((rows) => {
      let sum = 0
      for (const [at, row] of rows.entries()) {
        for (const other of rows.slice(0, at)) sum += 1 - cosineOfRows(bundle.table, segment, [row, other])
      }
      return (2 * sum) / (rows.length * (rows.length - 1))
    })
  return {
    recall: mean(() => 1),
    ndcg: mean((place) => 1 / Math.log2(place + 1)),
    mrr: mean((place) => 1 / place),
    coverage: new Set(lists.flat()).size / bundle.table.items,
    diversity: apart.reduce((sum, value) => sum + value, 0) / (apart.length || 1),
  }
}

/** The list of a shopper who has done the first so many things of the log alone. */
export async function coldStart(bench: LabBench, { settings, counts, limit }: ColdRequest): Promise<ColdStrip[]> {
  const events: readonly EventRecord[] = bench.fold.counted
  const strips: ColdStrip[] = []
  for (const count of counts.filter((each) => each <= events.length)) {
    const now = events[count - 1]?.time ?? bench.now
    const answer = await shelfOf(
      { ...bench, fold: foldOf(events.slice(0, count)), now },
      { placement: 'for-you', limit, settings, reasons: 1 },
    )
    strips.push({ count, cards: 'items' in answer ? answer.items.map(({ card }) => card) : [] })
  }
  return strips
}
