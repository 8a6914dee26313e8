import { expect, test } from 'vitest'
import { bareItem, type CatalogueItem } from '../../src/builder/catalogue.ts'
import { groupVariants } from '../../src/builder/group-variants.ts'
import { otherIds } from '../../src/builder/other-ids.ts'
import { between, seededRandom } from '../support/seed.ts'

const names = (items: CatalogueItem[]) => otherIds(groupVariants(items, new Map()), items)

test('a row is also called by its other variants, its group, and the last part of its address', () => {
  const url = 'https://shop.test/tents/dome-tent.html?colour=rust#reviews'
  expect(names([bareItem('1', { group: 'DOME', url }), bareItem('2', { group: 'DOME', url }), bareItem('3')])).toEqual([
    ['2', 'DOME', 'dome-tent'],
    [],
  ])
})

test('an address that ends with the id, or that many items share, names nobody', () => {
  expect(
    names([
      bareItem('a', { url: '/p/a' }),
      bareItem('b', { url: '/product.php?id=b' }),
      bareItem('c', { url: '/product.php?id=c' }),
    ]),
  ).toEqual([[], [], []])
  expect(names([bareItem('a', { url: 'https://shop.test' }), bareItem('b', { url: '/%E0%A4%A' })])).toEqual([
    [],
    ['%E0%A4%A'],
  ])
})

test('no name is of two rows, and none is the id of another item', () => {
  const random = seededRandom('other ids')
  const few = () => `n${between(random, 0, 40)}`
  for (let round = 0; round < 50; round++) {
    const ids = new Set(Array.from({ length: 30 }, few))
    const items = [...ids].map((id) => bareItem(id, { ...(random() < 0.7 && { group: few() }), url: `/p/${few()}` }))
    const groups = groupVariants(items, new Map())
    const rows = otherIds(groups, items)
    const all = [...groups.map((group) => group.item.id), ...rows.flat()]
    expect(new Set(all).size).toBe(all.length)
    rows.forEach((row, i) => {
      for (const name of row) expect(ids.has(name) ? groups[i]!.ids : [name]).toContain(name)
    })
  }
})

test('an item whose id its variants name as their group is one of them', () => {
  const items = [bareItem('hoodie'), bareItem('hoodie-red', { group: 'hoodie' }), bareItem('cap')]
  expect(groupVariants(items, new Map()).map(({ ids }) => ids)).toEqual([['hoodie', 'hoodie-red'], ['cap']])
  expect(names(items)).toEqual([['hoodie-red'], []])
})
