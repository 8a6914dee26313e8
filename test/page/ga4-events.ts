/**
 * What a shop's page pushes, shaped as Google documents it: every event name, parameter and item field below stands in
 * https://developers.google.com/analytics/devguides/collection/ga4/ecommerce?client_type=gtm (data layer) and
 * https://developers.google.com/analytics/devguides/collection/ga4/ecommerce?client_type=gtag (gtag); the values are ours.
 */
const tent = {
  item_id: 'TENT-2P',
  item_name: 'Two-person tent',
  affiliation: 'Trail shop',
  coupon: 'SPRING',
  discount: 12.5,
  index: 0,
  item_brand: 'Larch',
  item_category: 'Outdoor',
  item_category2: 'Camping',
  item_category3: 'Tents',
  item_list_id: 'related_products',
  item_list_name: 'Related products',
  item_variant: 'green',
  location_id: 'L_12345',
  price: 249,
  quantity: 1,
}
const mat = { item_id: 'MAT-R', item_name: 'Sleeping mat', index: 1, item_category: 'Outdoor', price: 59, quantity: 2 }

/** Pushes of a page that uses the data layer, in the order of a visit; each event follows its reset. */
export const dataLayerVisit: object[] = [
  { 'gtm.start': 1_700_000_000_000, event: 'gtm.js' },
  { ecommerce: null },
  {
    event: 'view_item_list',
    ecommerce: { item_list_id: 'related_products', item_list_name: 'Related products', items: [tent, mat] },
  },
  { ecommerce: null },
  {
    event: 'select_item',
    ecommerce: { item_list_id: 'related_products', item_list_name: 'Related products', items: [tent] },
  },
  { ecommerce: null },
  { event: 'view_item', ecommerce: { currency: 'EUR', value: 249, items: [tent] } },
  { ecommerce: null },
  { event: 'add_to_cart', ecommerce: { currency: 'EUR', value: 367, items: [tent, mat] } },
  { ecommerce: null },
  { event: 'view_cart', ecommerce: { currency: 'EUR', value: 367, items: [tent, mat] } },
  { ecommerce: null },
  { event: 'remove_from_cart', ecommerce: { currency: 'EUR', value: 118, items: [mat] } },
  { event: 'gtm.dom' },
  { ecommerce: null },
  { event: 'begin_checkout', ecommerce: { currency: 'EUR', value: 249, coupon: 'SPRING', items: [tent] } },
  { ecommerce: null },
  {
    event: 'purchase',
    ecommerce: { transaction_id: 'T_12345', value: 255, tax: 40, shipping: 6, currency: 'EUR', items: [tent] },
  },
  { ecommerce: null },
  { event: 'refund', ecommerce: { currency: 'EUR', transaction_id: 'T_12345', value: 255, items: [tent] } },
]

/** What of it a recommender learns from. */
export const learnedFromVisit = [
  'select_item',
  'view_item',
  'add_to_cart',
  'view_cart',
  'remove_from_cart',
  'begin_checkout',
  'purchase',
  'refund',
]

/** The same visit through gtag, which pushes its `arguments`. */
export function gtagVisit(push: (entry: object) => void): void {
  function gtag(..._values: unknown[]): void {
    push(arguments)
  }
  gtag('js', new Date(0))
  gtag('config', 'G-XXXXXXXXXX')
  gtag('consent', 'default', { ad_storage: 'denied' })
  gtag('event', 'view_item', { currency: 'EUR', value: 249, items: [tent] })
  gtag('event', 'add_to_wishlist', { currency: 'EUR', value: 249, items: [tent] })
  gtag('event', 'search', { search_term: 'tent' })
  gtag('event', 'view_search_results', { search_term: 'tent' })
  gtag('event', 'generate_lead', { currency: 'EUR', value: 1 })
}

export const learnedFromGtag = ['view_item', 'add_to_wishlist', 'search', 'view_search_results']
