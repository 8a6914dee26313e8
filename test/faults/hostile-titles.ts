import { writeFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { packBundle } from '../../src/bundle/pack.ts'
import { createRandom, type Random } from '../../src/core/random.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'
import { checkQuiet } from './lab/check-quiet.ts'
import { openLab, type Lab } from './lab/open-lab.ts'
import { pick } from './hostile-values.ts'

const cardsPerShelf = 100

const parts = [
  '<img src=/hostile-1 onerror=hacked()>',
  '<script>hacked()</script>',
  '"><svg onload=hacked()>',
  "' onmouseover='hacked()",
  '</style><style>*{background:url(/hostile-2)}',
  'background:url(/hostile-3)',
  '<iframe srcdoc="<script>parent.hacked()</script>">',
  '\u202egnirts desrever\u202c',
  '\u2069\u2069 out of the isolate',
  '${hacked()}',
  '{{constructor.constructor("hacked()")()}}',
  'a plain title',
]
const addresses = [
  'javascript:hacked()',
  'JaVaScRiPt:hacked()//',
  'java\nscript:hacked()',
  ' \u0001javascript:hacked()',
  'data:text/html,<script>hacked()</script>',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="hacked()"/>',
  'blob:https://shop.test/1',
  'vbscript:hacked()',
  'file:///etc/passwd',
  'http://[',
  '"><script>hacked()</script>',
]
const directions = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/

interface Shown {
  readonly title: string
  readonly elements: number
  readonly href: string | null
  readonly pictures: readonly string[]
}

/** A bundle whose titles, addresses and pictures would like to be markup, script or style. */
export const hostileTitles: FaultRow = {
  id: 'hostile-titles',
  kind: 'bad input',
  fault: 'titles and addresses of HTML, `javascript:`, `data:`, direction characters, CSS `url()`',
  holds: 'shown as text, linked only over http(s); no script runs, no request is made',
  runs: { test: 100, ci: 300, release: 3000 },

  async open() {
    const lab = await openLab({ files: { 'hostile.html': hostilePage } })
    let cards: Shown[] = []
    return {
      async run(random, n) {
        if (n % cardsPerShelf === 0 || cards.length === 0) cards = await show(lab, random)
        const { title, elements, href, pictures } = cards[n % cardsPerShelf]!
        if (elements > 0) throw new Error(`${title} has become ${elements} elements`)
        if (directions.test(title)) throw new Error(`${JSON.stringify(title)} turns what is around it`)
        for (const address of [href ?? 'http:', ...pictures])
          if (!/^https?:/.test(address)) throw new Error(`${address} is an address`)
        return 1
      },
      close: () => lab.close(),
    }
  },
}

async function show(lab: Lab, random: Random): Promise<Shown[]> {
  const text = (from: readonly string[]) => () =>
    Array.from({ length: between(random, 1, 3) }, () => pick(random, from)).join('')
  const each = (value: () => string) => Array.from({ length: cardsPerShelf }, value)
  const input = randomPackInput({ items: cardsPerShelf, random: createRandom(7) })
  const { files } = await packBundle({
    ...input,
    titles: each(text(parts)),
    urls: each(() => pick(random, addresses)),
    images: each(() => pick(random, addresses)),
    brands: each(text(parts)).map((brand) => brand.slice(0, 60)),
  })
  await mkdir(join(lab.shop.folder, 'hostile'), { recursive: true })
  for (const [name, bytes] of files) await writeFile(join(lab.shop.folder, 'hostile', name), bytes)
  const visit = await lab.visit()
  try {
    const { page } = visit
    const asked = lab.shop.server.requests.length
    await page.goto(`${lab.shop.server.url}hostile.html`)
    await page
      .locator('windowshop-shelf li')
      .nth(cardsPerShelf - 1)
      .waitFor({ state: 'attached' })
    const cards = await page.evaluate(() => {
      const shadow = document.querySelector('windowshop-shelf')!.shadowRoot!
      return [...shadow.querySelectorAll('li')].map((card) => {
        const title = card.querySelector('.title')!
        return {
          title: title.textContent,
          elements:
            title.childElementCount +
            card.querySelectorAll('script, iframe, style, [onerror], [onload], [style]').length,
          href: (card.querySelector('a[href]') as HTMLAnchorElement | null)?.href ?? null,
          pictures: [...card.querySelectorAll('img')].map(({ src }) => src),
        }
      })
    })
    await page.evaluate(() => {
      // One with an address that is relative is the shop's own, and leads there.
      const { shadowRoot } = document.querySelector('windowshop-shelf')!
      for (const link of shadowRoot!.querySelectorAll<HTMLElement>('li .link:not([href])')) link.click()
    })
    const hacked = await page.evaluate(() => (globalThis as { hits?: number }).hits ?? 0)
    if (hacked > 0) throw new Error('a script has run')
    const strange = lab.shop.server.requests.slice(asked).find(({ url }) => url.includes('hostile-'))
    if (strange) throw new Error(`${strange.url} was asked for`)
    await checkQuiet(visit)
    return cards
  } finally {
    await visit.close()
  }
}

const hostilePage = `<!doctype html><html lang="en"><title>A shop</title><link rel="icon" href="data:,">
<script>globalThis.hacked = () => { globalThis.hits = (globalThis.hits ?? 0) + 1 }</script>
<script async src="/windowshop.js" data-bundle="/hostile/manifest.json"></script>
<windowshop-shelf placement="for-you" limit="${cardsPerShelf}" diversity="0"></windowshop-shelf>`
