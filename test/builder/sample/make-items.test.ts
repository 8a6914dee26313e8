import { expect, test } from 'vitest'
import { brands } from '../../../src/builder/sample/brands.ts'
import { colorsOf } from '../../../src/builder/sample/colors.ts'
import { makeItems } from '../../../src/builder/sample/make-items.ts'
import { productTypes } from '../../../src/builder/sample/product-types.ts'
import type { SampleItem } from '../../../src/builder/sample/sample-shop.ts'
import { groupBy } from './group-by.ts'

const until = Date.UTC(2026, 6, 1)
const sharedBy = ({ brand, price, material, category, type }: SampleItem) => [brand, price, material, category, type]
const items = makeItems({ items: 3000, seed: 20, until })

test('a catalogue has as many items as asked for, each with an id of its own', () => {
  expect(new Set(items.map(({ id }) => id)).size).toBe(3000)
  expect(makeItems({ items: 53, seed: 4, until })).toHaveLength(53)
})

test('no two groups share a title, and the colours of a group have a title each', () => {
  const groupOf = new Map<string, string>()
  for (const { title, group } of items) {
    expect(groupOf.has(title), title).toBe(false)
    groupOf.set(title, group)
  }
})

test('the items of a group differ in colour and agree in brand, price, material and category', () => {
  const groups = groupBy(items, ({ group }) => group)
  expect([...groups.values()].filter((rows) => rows.length > 1).length).toBeGreaterThan(200)
  for (const rows of groups.values()) {
    expect(new Set(rows.map(({ color }) => color)).size).toBe(rows.length)
    for (const row of rows) {
      expect(sharedBy(row)).toEqual(sharedBy(rows[0]!))
    }
  }
})

test('category paths are three deep, prices lie in their range, and colours and brands fit the type', () => {
  for (const item of items) {
    const type = productTypes[item.type]!
    expect(item.category.split(' > ')).toHaveLength(3)
    expect(item.price).toBeGreaterThanOrEqual(type.prices[0] - 1)
    expect(item.price).toBeLessThanOrEqual(type.prices[1] + 1)
    expect(Math.round(item.price * 100) / 100).toBe(item.price)
    expect(colorsOf(type.colors).map(({ name }) => name)).toContain(item.color)
    expect(brands.find(({ name }) => name === item.brand)!.departments).toContain(type.path[0])
  }
})

test('dearer brands ask more for the same kind of product', () => {
  const level = new Map(brands.map((brand) => [brand.name, brand.level]))
  const tents = items.filter(({ type }) => productTypes[type]!.name === 'tent')
  const mean = (rows: typeof items) => rows.reduce((sum, { price }) => sum + price, 0) / rows.length
  const cheap = tents.filter(({ brand }) => level.get(brand)! < 0.4)
  const dear = tents.filter(({ brand }) => level.get(brand)! > 0.7)
  expect(mean(dear)).toBeGreaterThan(2 * mean(cheap))
})

test('every kind of product, also the rarest, is sold, and goes with kinds that exist', () => {
  const names = new Set(productTypes.map(({ name }) => name))
  expect(names.size).toBe(productTypes.length)
  expect(new Set(productTypes.map(({ code }) => code)).size).toBe(productTypes.length)
  expect(new Set(items.map(({ type }) => type)).size).toBe(productTypes.length)
  for (const { name, goesWith } of productTypes) {
    for (const other of goesWith) expect(names.has(other) && other !== name, `${name} with ${other}`).toBe(true)
  }
})

test('descriptions tell style apart: technical items are called so more often than natural ones', () => {
  const words = /Engineered|Technical|Precise/
  const rate = (rows: typeof items) => rows.filter(({ description }) => words.test(description)).length / rows.length
  expect(rate(items.filter(({ style }) => style[0] > 0.5))).toBeGreaterThan(0.9)
  expect(rate(items.filter(({ style }) => style[0] < 0.2))).toBeLessThan(0.03)
})
