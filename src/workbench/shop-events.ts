import type { CartLine } from './cart.ts'
import type { Catalogue, Product } from './catalogue.ts'
import type { Route } from './routes.ts'

/** The shop reports what happens as every shop with Google Analytics 4 does; Windowshop reads along. */
type Ga4Event = { readonly event: string } & Readonly<Record<string, unknown>>

declare global {
  interface Window {
    dataLayer?: unknown[]
  }
}

function push(event: Ga4Event): void {
  window.dataLayer ??= []
  window.dataLayer.push({ ecommerce: null }, event)
}

function ga4Item(product: Product, quantity?: number): Record<string, unknown> {
  const [first, second, third] = product.category
  return {
    item_id: product.id,
    item_name: product.title,
    ...(product.brand && { item_brand: product.brand }),
    ...(product.price !== undefined && { price: product.price }),
    ...(first && { item_category: first }),
    ...(second && { item_category2: second }),
    ...(third && { item_category3: third }),
    ...(quantity !== undefined && { quantity }),
  }
}

export function reportItem(event: string, product: Product, quantity?: number): void {
  push({ event, ecommerce: { currency: product.currency, items: [ga4Item(product, quantity)] } })
}

/** `view_cart`, `begin_checkout`, or `purchase` with its order id. */
export function reportCart(
  event: string,
  cart: { readonly lines: readonly CartLine[]; readonly catalogue: Catalogue },
  order?: string,
): void {
  const items = cart.lines.flatMap(({ id, quantity }) => {
    const product = cart.catalogue.get(id)
    return product ? [ga4Item(product, quantity)] : []
  })
  if (items.length > 0) push({ event, ecommerce: { ...(order && { transaction_id: order }), items } })
}

/** What a shop reports when one of its pages opens. */
export function reportPage(route: Route, cart: { lines: readonly CartLine[]; catalogue: Catalogue }): void {
  if (route.page === 'item') {
    const product = cart.catalogue.get(route.id)
    if (product) reportItem('view_item', product)
  } else if (route.page === 'search') {
    if (route.query.trim()) push({ event: 'search', search_term: route.query.trim() })
  } else if (route.page === 'cart') {
    reportCart('view_cart', cart)
  }
}
