import { fieldsOf, idsOf, listOf, numberOf } from './signal.ts'
import type { Fields, SignalItem } from './signal.ts'

/**
 * The item that a page is about, by its markup: schema.org's `Product` or `ProductGroup` in JSON-LD, else OpenGraph's product
 * tags. Undefined where there is none, or more than one: a category lists products, too.
 * Shapes: https://developers.google.com/search/docs/appearance/structured-data/product-variants and https://ogp.me,
 * https://developers.facebook.com/docs/marketing-api/catalog/reference for the `product:` tags.
 */
export function readPageItem(page: ParentNode, address: string): SignalItem | undefined {
  const products = [...page.querySelectorAll('script[type="application/ld+json"]')].flatMap(({ textContent }) =>
    topLevel(parseJson(textContent)).filter(isProduct),
  )
  if (products.length === 0) return readOpenGraph(page)
  const here = products.length === 1 ? products : products.filter(({ url }) => samePage(url, address))
  return here.length === 1 ? readProduct(here[0]!, address) : undefined
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    // A shop's broken markup is its own affair.
    return undefined
  }
}

/** The things that a document describes itself, not those that they mention. */
function topLevel(data: unknown): Fields[] {
  if (Array.isArray(data)) return listOf(data).flatMap(topLevel)
  const fields = fieldsOf(data)
  const main = [...topOf(fields['@graph']), ...topOf(fields['mainEntity'])]
  return [fields, ...main]
}

function topOf(data: unknown): Fields[] {
  return data === undefined ? [] : topLevel(data)
}

function isProduct({ '@type': type }: Fields): boolean {
  return [type].flat().some((name) => /^(https?:\/\/schema\.org\/)?Product(Group)?$/.test(String(name)))
}

function readProduct(product: Fields, address: string): SignalItem {
  const variants = listOf(product['hasVariant']).map(fieldsOf)
  // The address of a group may name one of its variants.
  const chosen = variants.find((variant) => sameAddress(urlOf(variant), address))
  const named = [...(chosen ? [chosen] : []), product, ...variants]
  return {
    ids: idsOf(...named.flatMap((thing) => idFields.map((name) => thing[name]))).slice(0, 50),
    price: priceOf(chosen ?? product),
  }
}

const idFields = [
  'sku',
  'productID',
  'productGroupID',
  'inProductGroupWithID',
  'mpn',
  'gtin',
  'gtin13',
  'gtin12',
  'gtin8',
]

function urlOf(product: Fields): unknown {
  return product['url'] ?? offerOf(product)['url']
}

function offerOf({ offers }: Fields): Fields {
  return fieldsOf(Array.isArray(offers) ? offers[0] : offers)
}

function priceOf(product: Fields): number | undefined {
  const offer = offerOf(product)
  return numberOf(offer['price'] ?? offer['lowPrice'])
}

/** https://ogp.me: the type `product`, and the shop's own id in `product:retailer_item_id`. */
function readOpenGraph(page: ParentNode): SignalItem | undefined {
  const content = (name: string) =>
    page.querySelector(`meta[property="${name}"],meta[name="${name}"]`)?.getAttribute('content') ?? undefined
  const ids = idsOf(content('product:retailer_item_id'), content('product:sku'), content('product:item_group_id'))
  const isItem = ids.length > 0 || /^(og:)?product(\.item)?$/.test(content('og:type') ?? '')
  return isItem ? { ids, price: numberOf(content('product:price:amount')) } : undefined
}

function sameAddress(url: unknown, address: string): boolean {
  return typeof url === 'string' && URL.canParse(url, address) && new URL(url, address).href === address
}

/** Whatever the query says. */
export function samePage(url: unknown, address: string): boolean {
  return (
    typeof url === 'string' && URL.canParse(url, address) && pathOf(new URL(url, address)) === pathOf(new URL(address))
  )
}

/** A route in the hash is part of it. */
function pathOf({ pathname, hash }: URL): string {
  return pathname.replace(/\/$/, '') + (hash.startsWith('#/') ? hash : '')
}

/** What in an address may be an item's id: its last parts, and the values of its query. */
export function idsInAddress(address: string): string[] {
  const { pathname, searchParams, hash } = new URL(address)
  const parts = `${pathname}/${hash.startsWith('#/') ? hash.slice(2) : ''}`.split('/').filter(Boolean)
  const last = parts.slice(-2).reverse().map(decode)
  return idsOf(...searchParams.values(), ...last, ...last.map((part) => part.replace(/\.\w{2,5}$/, ''))).slice(0, 20)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
