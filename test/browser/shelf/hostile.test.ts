import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Card } from '../../../src/core/shelf.ts'
import { defineShelves } from '../../../src/shelf/define-shelves.ts'
import { between, seededRandom } from '../../support/seed.ts'
import { createFakeSource, fakeItem, fakeShelf } from './fake-source.ts'
import type { FakeSource } from './fake-source.ts'

const scope = globalThis as { hacked?: () => void }
const hacked = vi.fn()
let source: FakeSource

beforeEach(() => {
  scope.hacked = hacked
  source = createFakeSource()
  defineShelves(source)
  document.body.innerHTML = '<windowshop-shelf placement="for-you" limit="100"></windowshop-shelf>'
})

afterEach(() => {
  document.body.replaceChildren()
  expect(hacked).not.toHaveBeenCalled()
})

function shadow(): ShadowRoot {
  return document.querySelector('windowshop-shelf')!.shadowRoot!
}

const parts = [
  '<img src=x onerror=hacked()>',
  '<script>hacked()</script>',
  '"><svg onload=hacked()>',
  "' onmouseover='hacked()",
  '</style><style>*{background:url(/hostile-css)}',
  'background:url(/hostile-css)',
  'javascript:hacked()',
  'JaVaScRiPt:hacked()//',
  'java\nscript:hacked()',
  ' \u0001javascript:hacked()',
  'data:text/html,<script>hacked()</script>',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="hacked()"/>',
  'blob:https://shop.test/1',
  'vbscript:hacked()',
  'file:///etc/passwd',
  'ftp://shop.test/x',
  'http://[',
  '\u202egnirts desrever\u202c',
  '\u2067isolated',
  '\u2069\u2069 out of the isolate',
  '${hacked()}',
  '{item}',
  '\u0000null\u0007bell',
  '\ud800 lone',
  '',
  ' ',
]

test('300 hostile titles and addresses are text, and neither run nor request anything', async () => {
  const random = seededRandom('hostile cards')
  const pick = () => parts[between(random, 0, parts.length - 1)]!
  const mix = () => Array.from({ length: between(random, 1, 3) }, pick).join('')
  const notHttp = () => {
    const picked = pick()
    return /^(javascript|java\n|\s.?javascript|data|blob|vbscript|file|ftp|http:\/\/\[)/i.test(picked)
      ? picked
      : 'javascript:hacked()'
  }
  performance.clearResourceTimings()
  for (let round = 0; round < 3; round++) {
    const cards: Partial<Card>[] = Array.from({ length: 100 }, () => ({
      title: mix(),
      url: notHttp(),
      image: notHttp(),
      price: random() < 0.5 ? NaN : random() * 1e12,
      currency: mix(),
    }))
    source.answer(
      fakeShelf(
        cards.map((card, i) => fakeItem(`${round}-${i}`, card, mix())),
        round + 1,
      ),
    )

    const shown = [...shadow().querySelectorAll('li')]
    expect(shown).toHaveLength(100)
    shown.forEach((element, i) => {
      const words = cards[i]!.title!.replace(/[^\w<>(){}$:/]/g, '')
      expect(element.querySelector('.title')!.textContent.replace(/[^\w<>(){}$:/]/g, '')).toContain(words)
      expect(element.querySelector('.title')!.childElementCount).toBe(0)
      expect(element.querySelector('a')!.hasAttribute('href'), cards[i]!.url).toBe(false)
    })
    expect(shadow().querySelectorAll('img, script, style, iframe, li [style], [onerror], [onload]')).toHaveLength(0)
  }
  shadow()
    .querySelectorAll<HTMLElement>('li .link')
    .forEach((link) => link.click())
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(performance.getEntriesByType('resource').filter(({ name }) => /hostile|hacked|passwd/.test(name))).toEqual([])
})

test('a title cannot turn the text around it: direction characters are taken out', () => {
  source.answer(fakeShelf([fakeItem('a', { title: '\u202eevil\u2066 \u200ftent\u202c' })]))
  expect(shadow().querySelector('li .title')!.textContent).toBe('evil   tent')
  expect(shadow().querySelector('.dismiss')!.getAttribute('aria-label')).toBe('Not for me evil   tent')
})

test.each(['/item/1', 'item/1', '//cdn.test/1', 'https://shop.test/1?a=b#c', 'http://shop.test/'])(
  'the address %j is a link',
  (url) => {
    source.answer(fakeShelf([fakeItem('a', { url })]))
    expect(shadow().querySelector('a')!.href).toBe(new URL(url, location.href).href)
  },
)

test('a picture that does not load leaves no broken image', async () => {
  source.answer(fakeShelf([fakeItem('a', { image: 'https://windowshop.invalid/none.png' })]))
  await vi.waitFor(() => expect(shadow().querySelector('img')!.hidden).toBe(true))
})
