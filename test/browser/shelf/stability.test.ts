import { cdp, page } from 'vitest/browser'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineShelves } from '../../../src/shelf/define-shelves.ts'
import { createFakeSource, fakeShelf } from './fake-source.ts'
import type { FakeSource } from './fake-source.ts'

let source: FakeSource

beforeEach(() => {
  source = createFakeSource()
  defineShelves(source)
})

afterEach(async () => {
  document.body.replaceChildren()
  await emulateMotion('no-preference')
})

const own = `<div style="height: 330px">Own HTML of the shop</div>`

/** Four shelves between paragraphs; `html` is what the shop put in each. */
function fourShelves(html: readonly string[]): void {
  const placements = ['for-you', 'similar', 'trending', 'new']
  document.body.innerHTML = placements
    .map((name, i) => `<windowshop-shelf placement="${name}" limit="6">${html[i]}</windowshop-shelf><p>Text below.</p>`)
    .join('')
}

async function emulateMotion(value: 'reduce' | 'no-preference'): Promise<void> {
  const session = cdp() as unknown as { send(method: string, parameters: object): Promise<void> }
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] })
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 120))

/** The layout shifts while `act` runs and after it, as Chromium counts them. */
async function shiftsDuring(act: () => Promise<void>): Promise<number> {
  await settle()
  let sum = 0
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value
  })
  observer.observe({ type: 'layout-shift' })
  await act()
  await settle()
  observer.disconnect()
  return sum
}

/** What happens to a page's shelves from the first answer on. */
async function live(): Promise<void> {
  source.answer(fakeShelf([...'abcdef'], 1))
  await settle()
  source.answer(fakeShelf([...'fxabyz'], 2))
  await settle()
  source.answer({ fallback: 'timeout' })
  document.querySelector('windowshop-shelf')!.shadowRoot!.querySelector<HTMLButtonElement>('.why')!.click()
  await settle()
  source.answer(fakeShelf([...'abc'], 3))
  await settle()
  source.answer({ fallback: 'no-items' }, 'similar')
  await settle()
  source.answer(fakeShelf([...'cab'], 4))
}

test('a shift would be seen', async () => {
  fourShelves([own, own, own, own])
  const shifts = await shiftsDuring(async () => {
    document.body.prepend(Object.assign(document.createElement('div'), { style: 'height: 100px' }))
    await Promise.resolve()
  })
  expect(shifts).toBeGreaterThan(0)
})

test.each([
  [390, 844, 'no-preference'],
  [390, 844, 'reduce'],
  [1440, 2400, 'no-preference'],
  [1440, 2400, 'reduce'],
] as const)('four shelves at %i x %i, motion: %s, never shift the page', async (width, height, motion) => {
  await page.viewport(width, height)
  await emulateMotion(motion)
  fourShelves([own, own, own, own])
  expect(await shiftsDuring(live)).toBe(0)
})

test('shelves without HTML of the shop keep the place of the cards that they wait for', async () => {
  await page.viewport(1440, 2400)
  fourShelves(['', '', '', ''])
  expect(await shiftsDuring(live)).toBe(0)
})

test('cards glide to their places where motion is welcome, and only there', async () => {
  fourShelves([own, own, own, own])
  await settle()
  source.answer(fakeShelf([...'abcdef'], 1))
  const root = document.querySelector('windowshop-shelf')!.shadowRoot!
  const glides = () => root.getAnimations().filter((animation) => !(animation instanceof CSSTransition))
  source.answer(fakeShelf([...'bacdef'], 2))
  expect(glides()).toHaveLength(2)
  await settle()
  await emulateMotion('reduce')
  glides().forEach((animation) => animation.finish())
  source.answer(fakeShelf([...'fedcba'], 3))
  expect(glides()).toHaveLength(0)
})

test.each(['no-preference', 'reduce'] as const)('the focus stays on its card, motion: %s', async (motion) => {
  await emulateMotion(motion)
  fourShelves([own, own, own, own])
  source.answer(fakeShelf([...'abcdef'], 1))
  const root = document.querySelector('windowshop-shelf')!.shadowRoot!
  const link = root.querySelector<HTMLAnchorElement>('li:nth-child(5) a')!
  link.focus()
  source.answer(fakeShelf([...'efghab'], 2))
  expect(root.activeElement).toBe(link)
  expect(link.closest('li')).toBe(root.querySelector('li'))
})
