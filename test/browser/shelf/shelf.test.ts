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

afterEach(() => {
  document.body.replaceChildren()
  document.documentElement.removeAttribute('dir')
  document.documentElement.removeAttribute('lang')
})

const ownHtml = '<div style="height: 400px"><a href="/best">Best sellers of the shop</a></div>'

function place(attributes = 'placement="for-you" limit="4"', inner = ownHtml): ShelfElement {
  document.body.insertAdjacentHTML('beforeend', `<windowshop-shelf ${attributes}>${inner}</windowshop-shelf>`)
  return document.body.lastElementChild as ShelfElement
}

function find<E extends Element = HTMLElement>(shelf: Element, selector: string): E {
  const found = shelf.shadowRoot!.querySelector<E>(selector)
  expect(found, selector).not.toBeNull()
  return found!
}

function titles(shelf: Element): string[] {
  return [...shelf.shadowRoot!.querySelectorAll('li .title')].map((title) => title.textContent)
}

function focused(shelf: Element): Element | null {
  return shelf.shadowRoot!.activeElement
}

/** Whether a shopper sees it. */
function visible(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
}

const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

describe("the shop's own HTML", () => {
  test('stays until there are items, keeps its space behind them, and comes back when there are none', () => {
    const shelf = place()
    const own = shelf.querySelector('a')!
    const height = shelf.offsetHeight
    expect(visible(own)).toBe(true)
    source.answer({ fallback: 'no-bundle' })
    expect(visible(own)).toBe(true)

    source.answer(fakeShelf(['a', 'b']))
    expect(titles(shelf)).toEqual(['Item a', 'Item b'])
    expect(visible(own)).toBe(false)
    expect(shelf.offsetHeight).toBe(height)
    own.focus()
    expect(document.activeElement).not.toBe(own)

    source.answer({ fallback: 'no-items' })
    expect(visible(own)).toBe(true)
    expect(visible(find(shelf, '.shelf'))).toBe(false)
    expect(shelf.offsetHeight).toBe(height)
  })

  test('stays for a placement that does not exist, and nobody is asked', () => {
    const shelf = place('placement="everything"')
    expect(source.watched).toEqual([])
    expect(visible(shelf.querySelector('a')!)).toBe(true)
  })

  test('is there for shelves that nobody answers, without a single element of ours in sight', () => {
    const shelf = place()
    expect(visible(find(shelf, '.shelf'))).toBe(false)
    expect(visible(find(shelf, '.blanks'))).toBe(false)
  })
})

describe('a shelf', () => {
  test('asks for what its attributes say, together with the others, and again when they change', async () => {
    document.documentElement.lang = 'de'
    const shelf = place('placement="for-you" limit="4"')
    place('placement="similar" item="TENT" filter="price=..50" lang="fr"')
    expect(source.watched).toEqual([
      { placement: 'for-you', limit: 4, language: 'de' },
      { placement: 'similar', limit: 8, item: 'TENT', filter: { maxPrice: 50 }, language: 'fr' },
    ])
    shelf.setAttribute('placement', 'trending')
    shelf.setAttribute('limit', '6')
    await frame()
    expect(source.watched.filter(({ placement }) => placement !== 'similar')).toEqual([
      { placement: 'trending', limit: 6, language: 'de' },
    ])
    shelf.remove()
    expect(source.watched.map(({ placement }) => placement)).toEqual(['similar'])
  })

  test('is connected however late the recommender comes', () => {
    const shelf = place()
    const later = createFakeSource()
    defineShelves(later)
    later.answer(fakeShelf(['late']))
    expect(titles(shelf)).toEqual(['Item late'])
  })

  test('renders title, price, picture and link of every item as list items under a heading', () => {
    document.documentElement.lang = 'de'
    const shelf = place('placement="for-you" limit="4" heading="Für dich"')
    source.answer(fakeShelf([fakeItem('a', { title: 'Zelt', image: '/tent.png', url: '/zelt' }, '1.249,50\u00a0€')]))
    expect(find(shelf, 'section > h2').textContent).toBe('Für dich')
    expect(find(shelf, 'section').getAttribute('aria-labelledby')).toBe(find(shelf, 'h2').id)
    expect(find(shelf, '[role=list] > li .price').textContent).toBe('1.249,50\u00a0€')
    expect(find<HTMLAnchorElement>(shelf, 'li a').href).toBe(`${location.origin}/zelt`)
    const picture = find<HTMLImageElement>(shelf, 'li img')
    expect([picture.src, picture.loading, picture.alt]).toEqual([`${location.origin}/tent.png`, 'lazy', ''])
  })

  test('speaks Chinese on a Chinese page, and any words that it is given', () => {
    document.documentElement.lang = 'zh-Hans'
    const shelf = place()
    source.answer(fakeShelf(['a']))
    expect(find(shelf, 'h2').textContent).toBe('为你推荐')
    shelf.strings = { 'for-you': 'Pour vous' }
    expect(find(shelf, 'h2').textContent).toBe('Pour vous')
  })

  test('keeps the elements of items that stay, in their new order', () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b', 'c'], 1))
    const before = new Map([...shelf.shadowRoot!.querySelectorAll('li .card')].map((card) => [card.textContent, card]))
    source.answer(fakeShelf(['c', 'd', 'a'], 2))
    expect(titles(shelf)).toEqual(['Item c', 'Item d', 'Item a'])
    for (const card of shelf.shadowRoot!.querySelectorAll('li .card')) {
      if (!card.textContent.includes('Item d')) expect(before.get(card.textContent)).toBe(card)
    }
  })

  test('stands still when the same log gives another list', () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b'], 1))
    source.answer(fakeShelf(['b', 'a'], 1))
    expect(titles(shelf)).toEqual(['Item a', 'Item b'])
  })
})

describe('the shopper', () => {
  test('reports the chosen card with its placement and position', async () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b', 'c']))
    shelf.addEventListener('click', (event) => event.preventDefault())
    await userEvent.click(find(shelf, 'li:nth-child(2) a'))
    expect(source.tracked).toEqual([{ kind: 'select_item', item: 'b', placement: 'for-you', position: 1 }])
  })

  test('sees why, in shares and words, and closes it with Escape, the button or a click elsewhere', async () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b']))
    const why = find<HTMLButtonElement>(shelf, 'li:nth-child(2) .why')
    expect(why.getAttribute('aria-expanded')).toBe('false')
    await userEvent.click(why)
    expect(why.getAttribute('aria-expanded')).toBe('true')
    const lines = [...find(shelf, 'li:nth-child(2) .panel').querySelectorAll('li')].map((line) =>
      line.textContent.trim(),
    )
    expect(lines).toEqual([
      '62% because you viewed Blue tent',
      '28% because you viewed Sleeping mat',
      '10% trending at the moment',
      '10% less because you said no to Red mug',
      'placed here for variety',
    ])
    expect(focused(shelf)?.className).toBe('close')
    await userEvent.keyboard('{Escape}')
    expect(shelf.shadowRoot!.querySelector('.panel')).toBeNull()
    expect(focused(shelf)).toBe(why)

    await userEvent.keyboard('{Enter}')
    await userEvent.click(find(shelf, '.panel .close'))
    expect(shelf.shadowRoot!.querySelector('.panel')).toBeNull()

    await userEvent.click(why)
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
    expect(shelf.shadowRoot!.querySelector('.panel')).toBeNull()
    expect(source.tracked).toEqual([])
  })

  test('dismisses a card: it leaves at once, the list fills, the focus stays near, and it is said politely', async () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b', 'c'], 1))
    const dismiss = find<HTMLButtonElement>(shelf, 'li:nth-child(2) .dismiss')
    dismiss.focus()
    await userEvent.keyboard('{Enter}')
    expect(source.tracked).toEqual([{ kind: 'dismiss', item: 'b', placement: 'for-you', position: 1 }])
    expect(titles(shelf)).toEqual(['Item a', 'Item c'])
    expect(shelf.shadowRoot!.querySelectorAll('.list > li')).toHaveLength(2)
    expect(focused(shelf)).toBe(find(shelf, 'li:nth-child(2) a'))
    expect(find(shelf, '[role=status]').textContent).toBe('Item b removed')
    source.answer(fakeShelf(['a', 'c', 'd'], 2))
    expect(titles(shelf)).toEqual(['Item a', 'Item c', 'Item d'])
  })

  test('keeps the focus on its card through updates', () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b', 'c', 'd'], 1))
    const link = find<HTMLAnchorElement>(shelf, 'li:nth-child(4) a')
    link.focus()
    source.answer(fakeShelf(['d', 'c', 'b', 'a'], 2))
    expect(focused(shelf)).toBe(link)
    source.answer(fakeShelf(['b', 'd', 'a'], 3))
    expect(focused(shelf)).toBe(link)
  })

  test('keeps the reasons that are open, with the focus in them, through updates', async () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b'], 1))
    await userEvent.click(find(shelf, 'li:nth-child(1) .why'))
    const close = focused(shelf)
    source.answer(fakeShelf(['b', 'a'], 2))
    expect(focused(shelf)).toBe(close)
    expect(find(shelf, 'li:nth-child(2) .panel').isConnected).toBe(true)
  })

  test('walks the cards with arrow keys, Home and End', async () => {
    const shelf = place('placement="for-you" limit="3"')
    source.answer(fakeShelf(['a', 'b', 'c']))
    await frame()
    const at = () => focused(shelf)?.querySelector('.title')?.textContent
    find(shelf, 'li a').focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(at()).toBe('Item b')
    await userEvent.keyboard('{End}')
    expect(at()).toBe('Item c')
    await userEvent.keyboard('{ArrowRight}')
    expect(at()).toBe('Item c')
    await userEvent.keyboard('{Home}')
    expect(at()).toBe('Item a')
    document.documentElement.dir = 'rtl'
    await userEvent.keyboard('{ArrowLeft}')
    expect(at()).toBe('Item b')
  })

  test('tabs from link to link, and to the buttons of the card that has the focus', async () => {
    const shelf = place('placement="for-you" limit="3"')
    source.answer(fakeShelf(['a', 'b', 'c']))
    find(shelf, 'li a').focus()
    const visited: (string | undefined)[] = []
    for (let i = 0; i < 4; i++) {
      await userEvent.keyboard('{Tab}')
      const at = focused(shelf)
      visited.push(`${at?.className} ${at?.closest('.card')?.querySelector('.title')?.textContent}`)
    }
    expect(visited).toEqual(['why Item a', 'dismiss Item a', 'link Item b', 'why Item b'])
    await userEvent.keyboard('{Shift>}{Tab}{Tab}{/Shift}')
    expect(focused(shelf)?.className).toBe('link')
    expect(focused(shelf)?.closest('.card')?.textContent).toContain('Item a')
  })

  test('is told about updates only while in the shelf', () => {
    const shelf = place()
    source.answer(fakeShelf(['a', 'b'], 1))
    source.answer(fakeShelf(['b', 'a'], 2))
    expect(find(shelf, '[role=status]').textContent).toBe('')
    find(shelf, 'li a').focus()
    source.answer(fakeShelf(['a', 'b'], 3))
    expect(find(shelf, '[role=status]').textContent).toBe('Suggestions updated')
  })
})

describe('on any page', () => {
  test('cards run from right to left where the page does', async () => {
    document.documentElement.dir = 'rtl'
    const shelf = place()
    source.answer(fakeShelf(['a', 'b']))
    await frame()
    const [first, second] = [...shelf.shadowRoot!.querySelectorAll('.list > li')].map((card) =>
      card.getBoundingClientRect(),
    )
    expect(first!.left).toBeGreaterThan(second!.left)
    const heading = find(shelf, 'h2')
    expect(getComputedStyle(heading).textAlign).toBe('start')
    expect(find(shelf, '.dismiss').getBoundingClientRect().left).toBeLessThan(first!.left + 60)
  })

  test.each(['light', 'dark'])('colours follow the page: %s', async (scheme) => {
    document.documentElement.style.colorScheme = scheme
    document.body.style.cssText = 'background: Canvas; color: CanvasText'
    const shelf = place()
    source.answer(fakeShelf(['a', 'b']))
    await userEvent.click(find(shelf, '.why'))
    expect(getComputedStyle(find(shelf, '.panel')).backgroundColor).toBe(
      scheme === 'dark' ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)',
    )
    document.documentElement.removeAttribute('style')
    document.body.removeAttribute('style')
  })

  test("the shop's CSS neither gets in nor is changed", () => {
    const style = document.createElement('style')
    style.textContent = '.card, .link, button, li, ul { display: none !important; } * { letter-spacing: 1em }'
    document.head.append(style)
    const shelf = place()
    source.answer(fakeShelf(['a']))
    expect(visible(find(shelf, 'li a'))).toBe(true)
    expect(getComputedStyle(find(shelf, 'li .title')).letterSpacing).toBe('normal')
    style.remove()
  })

  test('axe finds nothing: waiting, filled, explained, with or without HTML of the shop', async () => {
    document.documentElement.lang = 'en'
    document.body.innerHTML = '<main><h1>Shop</h1></main>'
    const main = document.querySelector('main')!
    for (const placement of ['for-you', 'similar', 'trending']) main.append(place(`placement="${placement}" limit="4"`))
    main.append(place('placement="new" limit="4"', ''))
    const check = async () => {
      const { violations } = await axe.run(main)
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    }
    await check()
    for (const placement of ['for-you', 'similar', 'new']) source.answer(fakeShelf(['a', 'b', 'c', 'd']), placement)
    find<HTMLButtonElement>(document.querySelector('windowshop-shelf')!, '.why').click()
    const root = document.querySelector('windowshop-shelf')!.shadowRoot!
    await Promise.all(root.getAnimations().map((animation) => animation.finished))
    await check()
  })
})
