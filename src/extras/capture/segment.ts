import type { EventKind } from '../../core/event.ts'
import { fieldsOf, idsOf, listOf, numberOf, textOf } from './signal.ts'
import type { Fields, Hear, Signal, SignalItem } from './signal.ts'

/** Names of Segment's ecommerce spec: https://www.twilio.com/docs/segment/connections/spec/ecommerce/v2 */
const kinds: Readonly<Record<string, EventKind>> = {
  'Products Searched': 'search',
  'Product Clicked': 'select_item',
  'Product Viewed': 'view_item',
  'Product Added': 'add_to_cart',
  'Product Removed': 'remove_from_cart',
  'Product Added to Wishlist': 'add_to_wishlist',
  'Wishlist Product Added to Cart': 'add_to_cart',
  'Cart Viewed': 'view_cart',
  'Checkout Started': 'begin_checkout',
  'Order Completed': 'purchase',
  'Order Refunded': 'refund',
}

export function readSegmentEvent(name: unknown, properties: unknown): Signal | undefined {
  const kind = typeof name === 'string' && Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (!kind) return undefined
  const fields = fieldsOf(properties)
  const products = Array.isArray(fields['products']) ? listOf(fields['products']).map(fieldsOf) : [fields]
  return {
    kind,
    items: products.map(readProduct).filter(({ ids }) => ids.length > 0),
    order: idsOf(fields['order_id'])[0],
    query: kind === 'search' ? textOf(fields['query']) : undefined,
  }
}

function readProduct(product: Fields): SignalItem {
  return {
    ids: idsOf(product['variant'], product['sku'], product['product_id']),
    quantity: numberOf(product['quantity']),
    price: numberOf(product['price']),
    category: textOf(product['category']),
  }
}

/**
 * Follows `analytics.on('track', ...)`, which also exists before Segment's own script has loaded; what the page has called
 * until then lies in the snippet's queue, and is not counted again when the script empties it.
 * @returns whether there is an `analytics` to follow
 */
export function watchSegment(hear: Hear): boolean {
  const { analytics } = globalThis as { analytics?: unknown }
  const { on } = fieldsOf(analytics)
  if (typeof on !== 'function') return false
  const replayed: string[] = []
  const tell = (name: unknown, properties: unknown) => {
    const signal = readSegmentEvent(name, properties)
    if (signal) hear(signal)
  }
  for (const call of listOf(analytics)) {
    const [method, name, properties] = listOf(call)
    if (method !== 'track') continue
    replayed.push(JSON.stringify([name, properties]))
    tell(name, properties)
  }
  const follow = (name: unknown, properties: unknown) => {
    const at = replayed.length > 0 ? replayed.indexOf(JSON.stringify([name, properties])) : -1
    if (at < 0) tell(name, properties)
    else replayed.splice(at, 1)
  }
  Reflect.apply(on, analytics, ['track', follow])
  return true
}
