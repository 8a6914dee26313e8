import { fieldsOf, idsOf, listOf, numberOf, textOf } from './signal.ts'
import type { Fields, Signal, SignalItem } from './signal.ts'

/**
 * Understands Shopify's standard storefront events. Ids are global ones, `gid://shopify/ProductVariant/1`; a shop's own
 * catalogue has their numbers, SKUs or handles. A line that is changed is named by its key alone, which begins with the
 * variant's number where the theme takes it from the AJAX API.
 * Shapes: https://shopify.dev/docs/api/storefront-events-and-actions/events
 */
export async function readShopifyEvent(event: Event): Promise<Signal | undefined> {
  const fields = event as unknown as Fields
  switch (event.type) {
    case 'shopify:product:view':
      // A card that comes into view in a grid is no visit of its product.
      if (fields['context'] !== 'page' && fields['context'] !== 'dialog') return undefined
      return { kind: 'view_item', items: [readProduct(fieldsOf(fields['product']))] }
    case 'shopify:cart:view':
      return { kind: 'view_cart', items: [] }
    case 'shopify:search:update':
      return { kind: 'search', items: [], query: textOf(fieldsOf(fields['search'])['query']) }
    case 'shopify:cart:lines-update':
      return readLines(fields)
    default:
      return undefined
  }
}

function readProduct({ id, handle, selectedVariant }: Fields): SignalItem {
  const variant = fieldsOf(selectedVariant)
  return {
    ids: idsOf(variant['sku'], ...spellings(variant['id']), ...spellings(id), handle),
    price: numberOf(fieldsOf(variant['price'])['amount']),
  }
}

/** Counts when the cart has taken it: the event says what is wanted, its promise what came of it. */
async function readLines({ action, lines, promise }: Fields): Promise<Signal | undefined> {
  const kind = action === 'add' ? 'add_to_cart' : action === 'remove' ? 'remove_from_cart' : undefined
  if (!kind) return undefined
  const { userErrors, detail } = fieldsOf(await Promise.resolve(promise).catch(() => ({ userErrors: [1] })))
  if (listOf(userErrors).length > 0 || fieldsOf(detail)['didError'] === true) return undefined
  const items = listOf(lines).map((line): SignalItem => {
    const { merchandiseId, id, quantity } = fieldsOf(line)
    return { ids: idsOf(...spellings(merchandiseId ?? id)), quantity: numberOf(quantity) || undefined }
  })
  return { kind, items: items.filter(({ ids }) => ids.length > 0) }
}

/** A global id's number, and the whole; of a line's key the part that names the variant. */
function spellings(id: unknown): string[] {
  const [whole] = idsOf(id)
  const last = whole?.split('/').at(-1)?.split(/[:?]/)[0]
  return idsOf(last, whole)
}
