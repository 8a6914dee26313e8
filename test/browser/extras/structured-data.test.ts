import { describe, expect, test } from 'vitest'
import { idsInAddress, readPageItem as read, samePage } from '../../../src/extras/capture/structured-data.ts'

/** A page of this markup; scripts in it are not run. */
const page = (html: string) => new DOMParser().parseFromString(html, 'text/html')
const readPageItem = (made: Document) => read(made, 'https://shop.test/p/green-coat?variant=2')
const jsonLd = (data: unknown) => page(`<script type="application/ld+json">${JSON.stringify(data)}</script>`)
const product = { '@context': 'https://schema.org', '@type': 'Product', name: 'Coat' }

describe("a page's item", () => {
  test('is its only product, by all its ids, with its price', () => {
    const offers = { '@type': 'Offer', price: '39.99' }
    expect(readPageItem(jsonLd({ ...product, sku: '44E01-M', mpn: 925872, gtin13: '0012345678905', offers }))).toEqual({
      ids: ['44E01-M', '925872', '0012345678905'],
      price: 39.99,
    })
  })

  test('is found in a graph, in a list, under any spelling of its type', () => {
    const found = [
      { '@graph': [{ '@type': 'BreadcrumbList' }, { ...product, sku: 'a' }] },
      [{ '@type': 'Organization' }, { ...product, '@type': ['Product', 'Car'], sku: 'a' }],
      { '@type': 'ItemPage', mainEntity: { ...product, sku: 'a' } },
      { ...product, '@type': 'http://schema.org/Product', sku: 'a' },
    ]
    for (const data of found) expect(readPageItem(jsonLd(data))?.ids, JSON.stringify(data)).toEqual(['a'])
  })

  test('is the variant that the address names, then its group, then the others', () => {
    const hasVariant = [
      { ...product, sku: 'small', url: 'https://shop.test/p/green-coat?variant=1' },
      { ...product, sku: 'large', offers: [{ url: 'https://shop.test/p/green-coat?variant=2', price: 5 }] },
    ]
    expect(readPageItem(jsonLd({ ...product, '@type': 'ProductGroup', productGroupID: 'coat', hasVariant }))).toEqual({
      ids: ['large', 'coat', 'small'],
      price: 5,
    })
  })

  test('is none on a page of several, but for the one whose page it is', () => {
    const others = [
      { ...product, sku: 'a', url: '/p/a' },
      { ...product, sku: 'b', url: '/p/b' },
    ]
    expect(readPageItem(jsonLd(others))).toBeUndefined()
    expect(readPageItem(jsonLd([...others, { ...product, sku: 'c', url: '/p/green-coat' }]))?.ids).toEqual(['c'])
    expect(readPageItem(jsonLd({ '@type': 'ItemList', itemListElement: others }))).toBeUndefined()
  })

  test("is OpenGraph's where there is nothing else", () => {
    const tags = `<meta property="og:type" content="product"><meta property="product:retailer_item_id" content="sku-7">
      <meta property="product:price:amount" content="12.50">`
    expect(readPageItem(page(tags))).toEqual({ ids: ['sku-7'], price: 12.5 })
    expect(readPageItem(page('<meta property="og:type" content="og:product">'))).toEqual({ ids: [], price: undefined })
    expect(readPageItem(page('<meta property="og:type" content="website">'))).toBeUndefined()
  })

  test('is none where the markup is broken or hostile', () => {
    for (const text of ['{', 'null', '7', '{"@type":"Product","sku":{"a":1}}', '{"@graph":{"@graph":7}}', '[[[]]]']) {
      const item = readPageItem(page(`<script type="application/ld+json">${text}</script>`))
      expect(item?.ids ?? [], text).toEqual([])
    }
  })
})

test('an address is searched for ids, the most special first', () => {
  expect(idsInAddress('https://shop.test/de/p/SKU%201.html?variant=9&utm_source=x')).toEqual([
    '9',
    'x',
    'SKU 1.html',
    'p',
    'SKU 1',
  ])
  expect(idsInAddress('https://shop.test/#/item/A-1')).toEqual(['A-1', 'item'])
  expect(idsInAddress('https://shop.test/%E0%A4%A')).toEqual(['%E0%A4%A'])
})

test('two addresses are of one page whatever their query says', () => {
  expect(samePage('/p/a?x=1', 'https://shop.test/p/a/')).toBe(true)
  expect(samePage('https://www.shop.test/p/a', 'https://shop.test/p/a#reviews')).toBe(true)
  expect(samePage('/p/a', 'https://shop.test/p/b')).toBe(false)
  expect(samePage('/#/item/a', 'https://shop.test/#/item/b')).toBe(false)
  expect(samePage(undefined, 'https://shop.test/')).toBe(false)
})
