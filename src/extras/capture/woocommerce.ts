import { fieldsOf, idsOf, numberOf } from './signal.ts'
import type { Hear, Signal } from './signal.ts'

/**
 * Understands WooCommerce's cart events. Its core triggers them with jQuery on the body, `(event, fragments, hash, $button)`,
 * where the button says in `data-product_id` and `data-product_sku` what it adds or removes:
 * https://github.com/woocommerce/woocommerce/blob/trunk/plugins/woocommerce/client/legacy/js/frontend/add-to-cart.js
 * Its blocks dispatch DOM events with the prefix `wc-blocks_`, of which some carry the product's id and quantity:
 * https://developer.woocommerce.com/docs/cart-and-checkout-dom-events
 */
export function watchWooCommerce(hear: Hear): boolean {
  const { jQuery } = globalThis as { jQuery?: unknown }
  if (typeof jQuery !== 'function') return false
  const body: unknown = Reflect.apply(jQuery, undefined, [document.body])
  const { on } = fieldsOf(body)
  if (typeof on !== 'function') return false
  for (const [name, kind] of Object.entries(kinds)) {
    const tell = (_event: unknown, _fragments: unknown, _hash: unknown, button: unknown) => {
      const signal = readButton(kind, fieldsOf(button)[0])
      if (signal) hear(signal)
    }
    Reflect.apply(on, body, [name, tell])
  }
  return true
}

const kinds = { added_to_cart: 'add_to_cart', removed_from_cart: 'remove_from_cart' } as const

/** The blocks' own events; one that only repeats jQuery's says nothing of the product, and is left to that. */
export function readWooCommerceEvent({ type, detail }: CustomEvent): Signal | undefined {
  const kind = kinds[type.replace('wc-blocks_', '') as keyof typeof kinds]
  const { productId, product_id, quantity } = fieldsOf(detail)
  const ids = idsOf(productId, product_id)
  return kind && ids.length > 0 ? { kind, items: [{ ids, quantity: numberOf(quantity) }] } : undefined
}

/** The button of a product, or of a form with its variation. */
function readButton(kind: 'add_to_cart' | 'remove_from_cart', button: unknown): Signal | undefined {
  if (!(button instanceof Element)) return undefined
  const { product_sku, product_id, quantity } = (button as HTMLElement).dataset
  const form = button.closest('form.cart')
  const field = (name: string) => form?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value
  const ids = idsOf(product_sku, positive(field('variation_id')), product_id, field('add-to-cart'), field('product_id'))
  const count = numberOf(quantity ?? field('quantity'))
  return ids.length > 0 ? { kind, items: [{ ids, quantity: count || undefined }] } : undefined
}

/** A form whose options are not chosen yet has 0 for a variation. */
function positive(id: string | undefined): string | undefined {
  return id === '0' ? undefined : id
}
