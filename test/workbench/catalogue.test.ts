import { describe, expect, it } from 'vitest'
import { createCatalogue, oneOfEach, productOfCard, type Product } from '../../src/workbench/catalogue.ts'

const product = (id: string, title: string, category: string, rest: Partial<Product> = {}): Product => ({
  id,
  title,
  category: category.split(' > '),
  currency: 'EUR',
  ...rest,
})
const products = [
  product('t1', 'Dome Tent, Moss', 'Outdoor > Camp > Tents'),
  product('t2', 'Dome Tent, Rust', 'Outdoor > Camp > Tents'),
  product('m1', 'Camp Mug', 'Home > Kitchen > Mugs', { description: 'Fits beside a tent.' }),
  product('b1', 'Trail Boots', 'Outdoor > Hiking > Boots', { material: 'Leather' }),
]
const catalogue = createCatalogue(products)
const ids = (found: readonly Product[]) => found.map(({ id }) => id)

describe('the shop’s catalogue', () => {
  it('finds products in a category and below it', () => {
    expect(ids(catalogue.within(['Outdoor']))).toEqual(['t1', 't2', 'b1'])
    expect(ids(catalogue.within(['Outdoor', 'Camp', 'Tents']))).toEqual(['t1', 't2'])
    expect(ids(catalogue.within(['Garden']))).toEqual([])
  })

  it('lists the categories below a path, the fullest first', () => {
    expect(catalogue.below([])).toEqual([
      { name: 'Outdoor', path: ['Outdoor'], count: 3 },
      { name: 'Home', path: ['Home'], count: 1 },
    ])
    expect(catalogue.below(['Outdoor', 'Camp', 'Tents'])).toEqual([])
  })

  it('finds every word anywhere, titles first', () => {
    expect(ids(catalogue.search('TENT'))).toEqual(['t1', 't2', 'm1'])
    expect(ids(catalogue.search('leather boots'))).toEqual(['b1'])
    expect(ids(catalogue.search('tent leather'))).toEqual([])
    expect(ids(catalogue.search('  '))).toEqual([])
  })

  it('shows one colour of each product where asked', () => {
    expect(ids(oneOfEach(products))).toEqual(['t1', 'm1', 'b1'])
  })

  it('reads a bundle’s card as a product', () => {
    expect(productOfCard({ id: 'x', title: 'X', url: '#', currency: 'GBP', category: 'A > B' })).toMatchObject({
      id: 'x',
      category: ['A', 'B'],
    })
    expect(productOfCard({ id: 'x', title: 'X', url: '#', currency: 'GBP' }).category).toEqual([])
  })
})
