import { ownListPrefix } from '../../page/data-layer.ts'
import type { ShownItems } from './watch-shelves.ts'

export interface ReportOptions {
  readonly layerName: string
  /** `select`, and `impressions` beside it or instead. */
  readonly report: string
  /** Whether the shopper has agreed to the shop's analytics; asked at each event. */
  readonly mayReport: () => boolean
}

/**
 * Tells the shop's data layer, in GA4's words, which cards of shelves were chosen and, by a second switch, which were seen.
 * A personal list is a profile: nothing is said unless the shop has switched it on and the shopper has agreed to analytics.
 */
export function reportToDataLayer({ layerName, report, mayReport }: ReportOptions): () => void {
  const say = (event: 'select_item' | 'view_item_list') => (input: Event) => {
    if (!mayReport()) return
    const { placement, heading, items } = (input as CustomEvent<ShownItems>).detail
    const list = { item_list_id: `${ownListPrefix}:${placement}`, item_list_name: heading }
    const layer = ((globalThis as unknown as Record<string, unknown[] | undefined>)[layerName] ??= [])
    layer.push({ ecommerce: null })
    layer.push({
      event,
      ecommerce: {
        ...list,
        items: items.map(({ id, title, position }) => ({ item_id: id, item_name: title, index: position, ...list })),
      },
    })
  }
  const listeners = [
    ...(report.includes('select') ? [['windowshop:select', say('select_item')] as const] : []),
    ...(report.includes('impressions') ? [['windowshop:seen', say('view_item_list')] as const] : []),
  ]
  for (const [name, listener] of listeners) document.addEventListener(name, listener)
  return () => {
    for (const [name, listener] of listeners) document.removeEventListener(name, listener)
  }
}
