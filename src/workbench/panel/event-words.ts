import type { EventRecord } from '../../index.ts'
import type { Bench } from '../view.ts'

/** The title of an item: the shop's, the bundle's, or its id. */
export function titleOf(id: string, { state }: Bench): string {
  const { catalogue, cards } = state
  const product = catalogue && catalogue !== 'missing' ? catalogue.get(id) : undefined
  return product?.title ?? cards.get(id)?.title ?? id
}

/** What was done: "Viewed", "Searched". */
export function kindWords(kind: string, { texts }: Bench): string {
  return texts.kinds[kind] ?? kind
}

/** What it was done with: an item's title, a query. */
export function objectWords(event: Pick<EventRecord, 'item' | 'context'>, bench: Bench): string {
  if (event.item !== undefined) return titleOf(event.item, bench)
  return event.context?.query === undefined ? '' : `“${event.context.query}”`
}
