import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { reportToDataLayer } from '../../../src/extras/shelves/report-to-data-layer.ts'
import { watchShelves } from '../../../src/extras/shelves/watch-shelves.ts'
import { watchDataLayer } from '../../../src/page/data-layer.ts'
import { defineShelves } from '../../../src/shelf/define-shelves.ts'
import { createFakeSource, fakeShelf } from '../shelf/fake-source.ts'
import type { FakeSource } from '../shelf/fake-source.ts'

let source: FakeSource
const seen: string[][] = []
const scope = globalThis as { dataLayer?: { event?: string; ecommerce: unknown }[] }

beforeAll(() => {
  watchShelves(document)
  document.addEventListener('windowshop:seen', (event) => {
    seen.push((event as CustomEvent<{ items: { id: string }[] }>).detail.items.map(({ id }) => id))
  })
})
beforeEach(() => {
  source = createFakeSource()
  defineShelves(source)
  seen.length = 0
  scrollTo(0, 0)
})
afterEach(() => {
  document.body.replaceChildren()
  delete scope.dataLayer
})

function place(attributes = '', before = ''): HTMLElement {
  const shelf = `<windowshop-shelf placement="for-you" limit="2" ${attributes}></windowshop-shelf>`
  document.body.innerHTML = `${before}${shelf}<div style="height: 3000px"></div>`
  return document.querySelector('windowshop-shelf')!
}
/** A second in view takes a second, and longer on a machine that is busy. */
const patience = { timeout: 20_000 }
const requests = () => source.watched.map(({ exclude }) => exclude)

describe('cards of a shelf', () => {
  test('are seen when half of them was in view for a second, together, and once', async () => {
    place()
    source.answer(fakeShelf(['a', 'b']))
    expect(seen).toEqual([])
    await expect.poll(() => seen.flat().toSorted(), patience).toEqual(['a', 'b'])
    source.answer(fakeShelf(['b', 'c'], 2))
    await expect.poll(() => seen.flat().toSorted(), patience).toEqual(['a', 'b', 'c'])
  })

  test('are not seen below the fold', async () => {
    place('', '<div style="height: 2500px"></div>')
    source.answer(fakeShelf(['a', 'b']))
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(seen).toEqual([])
  })

  test('give way to others once enough were seen without a choice, while nobody is looking', async () => {
    place()
    source.answer(fakeShelf(['a', 'b']))
    await expect.poll(() => seen.flat().length, patience).toBe(2)
    expect(requests()).toEqual([undefined])
    scrollTo(0, 2500)
    await expect.poll(() => requests()[0]?.toSorted(), patience).toEqual(['a', 'b'])
    source.answer(fakeShelf(['d', 'e'], 1))
    const titles = [...document.querySelector('windowshop-shelf')!.shadowRoot!.querySelectorAll('.title')]
    expect(titles.map(({ textContent }) => textContent).filter((text) => text !== '')).toEqual(['Item d', 'Item e'])
  })

  test('stay when there are no others', async () => {
    place()
    source.answer(fakeShelf(['a', 'b']))
    await expect.poll(() => seen.flat().length, patience).toBe(2)
    scrollTo(0, 2500)
    await expect.poll(() => requests()[0]?.length, patience).toBe(2)
    source.answer({ fallback: 'no-items' })
    expect(requests()).toEqual([undefined])
    source.answer(fakeShelf(['a', 'b'], 1))
    expect(document.querySelector('windowshop-shelf')!.shadowRoot!.querySelectorAll('.link')).toHaveLength(2)
  })

  test('stay where the shop wants them to, and on a shelf of the own items', async () => {
    for (const attributes of ['renew-after="0"', 'placement="recently-viewed"']) {
      const shelf = place()
      for (const [, name, value] of attributes.matchAll(/([\w-]+)="(.*)"/g)) shelf.setAttribute(name!, value!)
      await Promise.resolve()
      source.answer(fakeShelf(['a', 'b']))
      seen.length = 0
      await expect.poll(() => seen.flat().length, patience).toBe(2)
      scrollTo(0, 2500)
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(requests(), attributes).toEqual([undefined])
      document.body.replaceChildren()
      scrollTo(0, 0)
    }
  })
})

describe('reports to the data layer', () => {
  const heard: object[] = []
  const report = (wanted: string, mayReport = true) => {
    scope.dataLayer = []
    heard.length = 0
    const stops = [
      watchDataLayer({ track: (entry) => heard.push(entry) }),
      reportToDataLayer({ layerName: 'dataLayer', report: wanted, mayReport: () => mayReport }),
    ]
    return () => stops.forEach((stop) => stop())
  }
  const click = () => {
    const link = document.querySelector('windowshop-shelf')!.shadowRoot!.querySelectorAll<HTMLElement>('.link')[1]!
    link.addEventListener('click', (event) => event.preventDefault())
    link.click()
  }

  test('tell a choice with its place, and are no event of the shop', () => {
    const stop = report('select')
    place('heading="Yours"')
    source.answer(fakeShelf(['a', 'b']))
    click()
    const list = { item_list_id: 'windowshop:for-you', item_list_name: 'Yours' }
    expect([...scope.dataLayer!]).toEqual([
      { ecommerce: null },
      {
        event: 'select_item',
        ecommerce: { ...list, items: [{ item_id: 'b', item_name: 'Item b', index: 1, ...list }] },
      },
    ])
    expect(heard).toEqual([])
    stop()
  })

  test('tell what was seen by a second switch alone', async () => {
    const stop = report('select impressions')
    place()
    source.answer(fakeShelf(['a', 'b']))
    await expect
      .poll(() => scope.dataLayer!.filter(({ event }) => event === 'view_item_list').length)
      .toBeGreaterThan(0)
    expect(heard).toEqual([])
    stop()
    const silent = report('select')
    place()
    source.answer(fakeShelf(['a', 'b']))
    await expect.poll(() => seen.length, patience).toBeGreaterThan(1)
    expect([...scope.dataLayer!]).toEqual([])
    silent()
  })

  test('say nothing unless they are switched on, and without consent to analytics', () => {
    for (const [wanted, mayReport] of [
      ['', true],
      ['select impressions', false],
    ] as const) {
      const stop = report(wanted, mayReport)
      place()
      source.answer(fakeShelf(['a', 'b']))
      click()
      expect([...scope.dataLayer!]).toEqual([])
      stop()
    }
  })
})
