import { expect, test } from 'vitest'
import { colorsOf } from '../../../src/builder/sample/colors.ts'
import { drawItem } from '../../../src/builder/sample/draw-item.ts'
import { makeItems } from '../../../src/builder/sample/make-items.ts'
import { productTypes } from '../../../src/builder/sample/product-types.ts'
import { groupBy } from './group-by.ts'

const items = makeItems({ items: 2000, seed: 5, until: Date.UTC(2026, 6, 1) })

/** Elements of a strict reading of the markup; throws where it is not well formed. */
function elementsOf(markup: string): string[] {
  const tag = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z0-9-]+="[^"<>&]*")*)(\/?)>/y
  const open: string[] = []
  const names: string[] = []
  let at = 0
  while (at < markup.length) {
    tag.lastIndex = at
    const match = tag.exec(markup)
    if (!match) throw new Error(`not a tag: ${markup.slice(at, at + 60)}`)
    const [text, closing, name, , empty] = match
    at += text.length
    if (closing && open.pop() !== name) throw new Error(`${name} closes nothing`)
    if (!closing) names.push(name!)
    if (!closing && !empty) open.push(name!)
    if (open.length === 0) break
  }
  if (open.length > 0 || markup.slice(at).trim() !== '') throw new Error('text after the end or nothing closed')
  return names
}

test('every picture is well-formed SVG of plain shapes under 5 kB, without script, style, text or links', () => {
  const allowed = new Set('svg defs linearGradient stop clipPath g path rect circle ellipse'.split(' '))
  for (const item of items) {
    const picture = drawItem(item)
    expect(
      elementsOf(picture).filter((name) => !allowed.has(name)),
      item.title,
    ).toEqual([])
    expect(picture).not.toMatch(/\son\w+=|href|javascript:|NaN|undefined|https?:\/\/(?!www\.w3\.org\/2000\/svg")/)
    expect(picture.length, item.title).toBeLessThan(5000)
  }
})

test('every paint and clip that a picture names is defined in it', () => {
  for (const item of items) {
    const picture = drawItem(item)
    const defined = new Set([...picture.matchAll(/ id="(\w+)"/g)].map(([, id]) => id))
    const named = [...picture.matchAll(/url\(#(\w+)\)/g)].map(([, id]) => id)
    expect(
      named.filter((id) => !defined.has(id)),
      item.title,
    ).toEqual([])
  }
})

test('no straight line is painted with a gradient, which browsers would not draw', () => {
  for (const item of items) {
    for (const [, d] of drawItem(item).matchAll(/d="([^"]*)" fill="none" stroke="url/g)) {
      expect(d, item.title).not.toMatch(/^M[-\d.]+ [-\d.]+[VH][-\d.]+$/)
    }
  }
})

test('the same item gives the same picture, and each kind of product and each colour another one', () => {
  for (const [type, { colors }] of productTypes.entries()) {
    const item = { group: 'G-1', type, color: 'Moss', title: '' }
    const pictures = colorsOf(colors).map(({ name }) => drawItem({ ...item, color: name }))
    expect(new Set(pictures).size).toBe(pictures.length)
    expect(drawItem(item)).toBe(drawItem({ ...item }))
  }
  const shapes = productTypes.map((_, type) => drawItem({ group: 'G-1', type, color: 'Moss', title: '' }))
  expect(new Set(shapes).size).toBe(productTypes.length)
})

test('the colours of one group share shape and pattern, and differ in paint alone', () => {
  const groups = [...groupBy(items, ({ group }) => group).values()].filter((rows) => rows.length > 1)
  for (const rows of groups) {
    const outlines = rows.map((row) => [...drawItem(row).matchAll(/ d="([^"]*)"/g)].map(([, d]) => d).join())
    expect(new Set(outlines).size, rows[0]!.title).toBe(1)
    expect(new Set(rows.map(drawItem)).size).toBe(rows.length)
  }
})

test('products of one kind and colour vary: fewer than a third look like another product', () => {
  const kinds = [...groupBy(items, ({ type, color }) => `${type} ${color}`).values()].filter((rows) => rows.length > 3)
  const pictures = kinds.flatMap((rows) => [rows.length, new Set(rows.map(drawItem)).size])
  const all = pictures.filter((_, at) => at % 2 === 0).reduce((sum, value) => sum + value, 0)
  const distinct = pictures.filter((_, at) => at % 2 === 1).reduce((sum, value) => sum + value, 0)
  expect(distinct / all).toBeGreaterThan(2 / 3)
})
