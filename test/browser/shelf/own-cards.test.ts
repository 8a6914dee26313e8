import { userEvent } from 'vitest/browser'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defineShelves } from '../../../src/shelf/define-shelves.ts'
import type { ShelfElement } from '../../../src/shelf/shelf-element.ts'
import { createFakeSource, fakeItem, fakeShelf } from './fake-source.ts'
import type { FakeSource } from './fake-source.ts'

let source: FakeSource

beforeEach(() => {
  source = createFakeSource()
  defineShelves(source)
})
afterEach(() => document.body.replaceChildren())

const template = `<template>
  <article class="product" data-sku="{id}" style="height: 260px"><a href="{url}"><img src="{image}" alt="">{title}</a> <b>{price}</b> <i>{brand} {unknown}</i></article>
</template>`

function place(inner = template): ShelfElement {
  const attributes = 'placement="for-you" limit="4" style="--windowshop-card: 260px"'
  document.body.insertAdjacentHTML(
    'beforeend',
    `<windowshop-shelf ${attributes}>${inner}</windowshop-shelf><p>below</p>`,
  )
  return document.querySelector('windowshop-shelf')!
}

const products = (shelf: Element) => [...shelf.querySelectorAll<HTMLElement>('.product')]

describe("the shop's own cards", () => {
  test('are made of its template, in the tree that its styles reach, and stand in the places of the shelf', () => {
    document.body.insertAdjacentHTML('beforeend', '<style>.product { color: rgb(1, 2, 3) }</style>')
    const shelf = place()
    source.answer(fakeShelf([fakeItem('a', { brand: 'Fjord', image: '/a.png' }), 'b']))
    const [first, second] = products(shelf)
    expect(first!.textContent.replaceAll(/\s+/g, ' ').trim()).toBe('Item a €49.50 Fjord {unknown}')
    expect(first!.dataset['sku']).toBe('a')
    expect(first!.querySelector('a')!.href).toBe(new URL('/item/a', location.href).href)
    expect(getComputedStyle(first!).color).toBe('rgb(1, 2, 3)')
    expect(first!.checkVisibility()).toBe(true)
    expect(second!.querySelector('img')!.hasAttribute('src')).toBe(false)
    expect(first!.getBoundingClientRect().left).toBeLessThan(second!.getBoundingClientRect().left)
  })

  test('keep their elements over updates, change places, and go with their items', async () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b', 'c'], 1))
    const [a, b] = products(shelf)
    source.answer(fakeShelf(['b', 'a'], 2))
    expect(products(shelf)).toHaveLength(2)
    expect(new Set(products(shelf))).toEqual(new Set([a, b]))
    const left = (card: Element) => card.getBoundingClientRect().left
    await expect.poll(() => left(b!) < left(a!)).toBe(true)
  })

  test('hold whatever a title or an address says as text, and never as code', () => {
    const shelf = place(
      `<template><div class="product" onclick="go('{title}')" style="color:{title}"><a href="{url}" title="{title}">{title}</a></div></template>`,
    )
    const title = `<img src=x onerror="fail()">'); fail('{price}`
    source.answer(fakeShelf([fakeItem('a', { title, url: 'javascript:fail()' })]))
    const [card] = products(shelf)
    const link = card!.querySelector('a')!
    expect(link.textContent).toBe(title)
    expect(link.hasAttribute('href')).toBe(false)
    expect(card!.getAttribute('onclick')).toBe("go('{title}')")
    expect(card!.getAttribute('style')).toBe('color:{title}')
  })

  test('tell a click on their link, may be dismissed, explain themselves, and follow the arrow keys', async () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b', 'c']))
    const [first, second] = products(shelf)
    first!.querySelector('a')!.addEventListener('click', (event) => event.preventDefault())
    await userEvent.click(first!.querySelector('a')!)
    expect(source.tracked).toEqual([{ kind: 'select_item', item: 'a', placement: 'for-you', position: 0 }])
    first!.querySelector('a')!.focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(second!.querySelector('a'))
    const card = shelf.shadowRoot!.querySelectorAll('li .card')[1]!
    await expect.poll(() => getComputedStyle(card.querySelector('.why')!).opacity).toBe('1')
    card.querySelector<HTMLElement>('.why')!.click()
    expect(card.querySelector('.panel')!.textContent).toContain('Blue tent')
    card.querySelector<HTMLElement>('.dismiss')!.click()
    expect(products(shelf).map(({ dataset }) => dataset['sku'])).toEqual(['a', 'c'])
    expect(source.tracked).toHaveLength(2)
  })

  test('may be made by a function', () => {
    const shelf = place('')
    shelf.renderCard = ({ card }) =>
      Object.assign(document.createElement('div'), { className: 'product', textContent: card.id })
    source.answer(fakeShelf(['x', 'y']))
    expect(products(shelf).map(({ textContent }) => textContent)).toEqual(['x', 'y'])
  })

  test('shift nothing where blanks are as high as they are', async () => {
    const shifts: number[] = []
    const observer = new PerformanceObserver((list) =>
      shifts.push(...list.getEntries().map((entry) => (entry as unknown as { value: number }).value)),
    )
    observer.observe({ type: 'layout-shift' })
    const shelf = place()
    const frames = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))
    await frames()
    const before = document.querySelector('p')!.getBoundingClientRect().top
    source.answer(fakeShelf(['a', 'b', 'c', 'd']))
    await frames()
    observer.disconnect()
    expect(products(shelf)).toHaveLength(4)
    expect(document.querySelector('p')!.getBoundingClientRect().top - before).toBeLessThan(1)
    expect(shifts).toEqual([])
  })

  test('leave axe nothing to say', async () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b']))
    const { violations } = await axe.run(shelf, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([])
  })
})
