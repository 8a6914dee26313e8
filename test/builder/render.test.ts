import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packBundle } from '../../src/bundle/pack.ts'
import { hasBit } from '../../src/core/bitmask.ts'
import { createFold } from '../../src/core/fold.ts'
import type { Shelf } from '../../src/core/shelf.ts'
import { readBundle } from '../../src/builder/inspect-bundle.ts'
import { silent } from '../../src/builder/progress.ts'
import { fileNameOf } from '../../src/builder/render/file-name.ts'
import { renderFragment } from '../../src/builder/render/fragment.ts'
import { renderLists } from '../../src/builder/render/render-lists.ts'
import { publishRules } from '../../src/builder/rules/publish-rules.ts'
import { publishStock } from '../../src/builder/publish-stock.ts'
import { writeBundle } from '../../src/builder/write-bundle.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { seededRandom } from '../support/seed.ts'

const random = seededRandom('rendered lists')
const items = 120
/** 480 characters as it stands in a file name. */
const longId = 'ключ'.repeat(20)
/** Ids that a file system or an address would take for something else. */
const oddIds: Readonly<Record<number, string>> = {
  3: '../up',
  4: 'a/b c',
  5: "it's (50%)*",
  6: 'ключ',
  7: longId,
}

let work: string
let bundle: string
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'windowshop-render-'))
  bundle = await newBundle('bundle')
})
afterAll(() => rm(work, { recursive: true }))

async function newBundle(name: string): Promise<string> {
  const input = randomPackInput({ items, head: 20, random })
  const folder = join(work, name)
  const ids = input.ids.map((id, row) => oddIds[row] ?? id)
  await writeBundle(folder, (await packBundle({ ...input, ids })).files)
  return folder
}

interface Lists {
  readonly limit: number
  readonly titles: Record<string, string>
  readonly lists: Record<string, Record<string, string[]>>
  readonly cards: Record<string, { title: string; url: string; image?: string; price?: number; priceText?: string }>
  readonly names: Record<string, string>
}

async function readLists(out: string): Promise<Lists> {
  return JSON.parse(await readFile(join(out, 'lists.json'), 'utf8')) as Lists
}

async function bytesOf(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const paths = names.map(({ parentPath, name }) => join(parentPath, name)).sort()
  return new Map(
    await Promise.all(paths.map(async (path) => [path.slice(folder.length), await readFile(path, 'latin1')] as const)),
  )
}

let outs = 0
const newOut = () => join(work, `out-${++outs}`)

test('each item has the lists that a page of it would show to a stranger', async () => {
  const out = newOut()
  const summary = await renderLists(bundle, { out, limit: 5 }, silent)
  const { bundle: opened } = await readBundle(bundle)
  const shop = { bundle: opened, scorer: createPlainScorer(opened.table) }
  const { lists } = await readLists(out)
  expect(Object.keys(lists)).toEqual(Array.from({ length: items }, (_, row) => opened.idOf(row)))
  let links = 0
  for (const [item, found] of Object.entries(lists)) {
    const requests = (['similar', 'bought-together'] as const).map((placement) => ({ placement, item, limit: 5 }))
    const answers = await answerPage(shop, createFold(), requests, 0)
    const expected = answers.map((answer) => ((answer as Shelf).items ?? []).map(({ card }) => card.id))
    expect([found['similar'], found['bought-together']]).toEqual(expected)
    const all = expected.flat()
    expect(new Set(all).size).toBe(all.length)
    expect(all).not.toContain(item)
    links += all.length
  }
  expect(summary).toMatchObject({ items, links, unnamed: 1, lists: { similar: items } })
})

test('the fragment of a list links to its items, in its order, with their titles, prices and pictures, which wait until they are near', async () => {
  const out = newOut()
  await renderLists(bundle, { out }, silent)
  const { lists, cards, titles, limit } = await readLists(out)
  for (const [item, found] of Object.entries(lists)) {
    const name = fileNameOf(item)
    if (name === undefined) continue
    for (const [placement, ids] of Object.entries(found)) {
      const text = await readFile(join(out, placement, `${name}.html`), 'utf8')
      if (ids.length === 0) {
        expect(text).toBe('')
        continue
      }
      const { document } = parseHTML(`<body>${text}</body>`)
      const shelf = document.querySelector('windowshop-shelf')!
      expect(['placement', 'item', 'limit', 'heading'].map((key) => shelf.getAttribute(key))).toEqual([
        placement,
        item,
        `${limit}`,
        null,
      ])
      expect(document.querySelector('h2')!.textContent).toBe(titles[placement])
      const links = [...document.querySelectorAll('li')].map((li) => [
        li.querySelector('a')!.getAttribute('href'),
        li.querySelector('.title')!.textContent,
        li.querySelector('.price')!.textContent,
      ])
      expect(links).toEqual(ids.map((id) => [cards[id]!.url, cards[id]!.title, cards[id]!.priceText ?? '']))
      const pictures = [...document.querySelectorAll('img')].map((img) =>
        ['src', 'loading', 'alt'].map((name) => img.getAttribute(name)),
      )
      expect(pictures).toEqual(ids.flatMap((id) => (cards[id]!.image ? [[cards[id]!.image, 'lazy', '']] : [])))
    }
  }
})

test('a picture waits until it is near, and repeats nothing to who cannot see it', () => {
  const card = { id: 'a', title: 'Tent', url: '/a', image: '/a.jpg', priceText: '€ 9' }
  const list = { placement: 'similar', item: 'b', limit: 2, title: 'Similar', ownTitle: false } as const
  const { document } = parseHTML(`<body>${renderFragment({ ...list, cards: [card] })}</body>`)
  const attributes = [...document.querySelector('img')!.attributes].map(({ name, value }) => [name, value])
  expect(Object.fromEntries(attributes)).toEqual({ src: '/a.jpg', alt: '', loading: 'lazy', decoding: 'async' })
})

test('files are named after ids by RFC 3986, and none leaves its folder', async () => {
  const out = newOut()
  await renderLists(bundle, { out, placements: ['similar'] }, silent)
  expect((await readdir(out)).sort()).toEqual(['lists.json', 'similar', 'windowshop.css'])
  const names = await readdir(join(out, 'similar'))
  expect(names).toHaveLength(items - 1)
  expect(names).toEqual(
    expect.arrayContaining([
      '..%2Fup.html',
      'a%2Fb%20c.html',
      'it%27s%20%2850%25%29%2A.html',
      '%D0%BA%D0%BB%D1%8E%D1%87.html',
      'item-0.html',
    ]),
  )
  expect((await readLists(out)).lists[longId]!['similar']).toHaveLength(8)
})

test('variants and other names lead to the item that has the lists', async () => {
  const out = newOut()
  await renderLists(bundle, { out, formats: ['json'] }, silent)
  const { names } = await readLists(out)
  const { bundle: opened } = await readBundle(bundle)
  expect(Object.keys(names)).toHaveLength(2 * Math.ceil(items / 3))
  for (const [name, id] of Object.entries(names)) expect(opened.idOf(opened.rowOf(name)!)).toBe(id)
})

test('the same bundle gives the same bytes, and a second run takes the place of the first', async () => {
  const [first, second] = [newOut(), newOut()]
  for (const out of [first, second, second]) await renderLists(bundle, { out }, silent)
  expect(await bytesOf(second)).toEqual(await bytesOf(first))
  await renderLists(bundle, { out: second, formats: ['json'], limit: 2 }, silent)
  expect((await readdir(second)).sort()).toEqual(['lists.json', 'windowshop.css'])
  expect(await readdir(work)).not.toContain(expect.stringMatching(/^\./))
})

test('prices are left out where they would be old', async () => {
  const out = newOut()
  await renderLists(bundle, { out, prices: false }, silent)
  const { cards } = await readLists(out)
  expect(new Set(Object.values(cards).flatMap(Object.keys))).toEqual(
    new Set(['title', 'url', 'image', 'brand', 'category']),
  )
  const fragments = [...(await bytesOf(out))].filter(([name]) => name.endsWith('.html')).map(([, text]) => text)
  expect(fragments.join('')).toContain('<span class="price"></span>')
  expect(fragments.join('')).not.toMatch(/class="price">[^<]/)
})

test('what is sold out and what a rule hides on that day is on no list', async () => {
  const own = await newBundle('changed')
  const gone = new Set(['item-10', 'item-20'])
  const { bundle: opened } = await readBundle(own)
  const ids = Array.from({ length: items }, (_, row) => opened.idOf(row))
  const catalogue = join(work, 'catalogue.csv')
  const quote = (text: string) => `"${text}"`
  await writeFile(
    catalogue,
    ['id,title,price', ...ids.filter((id) => !gone.has(id)).map((id) => `${quote(id)},Thing,5`)].join('\n'),
  )
  await publishStock(own, { catalogue })
  const rules = join(work, 'rules.json')
  const when = { from: '2026-03-01', to: '2026-03-31' }
  await writeFile(rules, JSON.stringify([{ name: 'no tents', hide: { category: 'Outdoor > Tents' }, when }]))
  await publishRules(own, { rules })
  const { bundle: now } = await readBundle(own)
  const tents = new Set(ids.filter((_, row) => row % 5 === 4 && !hasBit(now.unavailable, row)))
  const listedOn = async (day: string) => {
    const out = newOut()
    await renderLists(own, { out, at: Date.parse(day) }, silent)
    const { lists } = await readLists(out)
    return new Set(Object.values(lists).flatMap((found) => Object.values(found).flat()))
  }
  const [march, april] = [await listedOn('2026-03-10'), await listedOn('2026-04-10')]
  expect([...march, ...april].filter((id) => gone.has(id))).toEqual([])
  expect([...march].filter((id) => tents.has(id))).toEqual([])
  expect([...april].some((id) => tents.has(id))).toBe(true)
})

describe('a fragment', () => {
  const hostile = '<img src=x onerror=hacked()>"\'{{7*7}}{% include "secret" %}<?php ?><% %>'
  const input = { placement: 'similar', item: hostile, limit: 8, title: hostile, ownTitle: true } as const

  test('holds texts of the shop as texts, for browsers and for template languages', () => {
    const text = renderFragment({
      ...input,
      cards: [{ id: 'a', title: `${hostile}\u202e`, url: `/p?${hostile}`, priceText: hostile }],
    })
    expect(text).not.toMatch(/\{|<\?|<%|onerror=hacked\(\)>|\u202e/)
    const { document } = parseHTML(`<body>${text}</body>`)
    expect(document.querySelectorAll('img')).toHaveLength(0)
    const shelf = document.querySelector('windowshop-shelf')!
    expect([shelf.getAttribute('item'), shelf.getAttribute('heading')]).toEqual([hostile, hostile])
    expect(document.querySelector('.title')!.textContent).toBe(hostile)
    expect(document.querySelector('a')!.getAttribute('href')).toBe(`/p?${hostile}`)
  })

  test('of a list without cards is empty', () => {
    expect(renderFragment({ ...input, cards: [] })).toBe('')
  })
})

test('an address that is none of the web is no link', async () => {
  const packed = randomPackInput({ items: 20, random })
  const folder = join(work, 'hostile')
  const urls = packed.urls.map(() => 'javascript:hacked()')
  await writeBundle(folder, (await packBundle({ ...packed, urls, images: urls })).files)
  const out = newOut()
  await renderLists(folder, { out }, silent)
  expect([...(await bytesOf(out)).values()].join()).not.toContain('javascript:')
})

test('a folder with something else, a limit out of range and no bundle are refused with a code', async () => {
  const other = join(work, 'other')
  await writeBundle(other, new Map([['manifest.json', new Uint8Array()]]))
  const refused = (folder: string, options: object) => renderLists(folder, { out: newOut(), ...options }, silent)
  await expect(refused(bundle, { out: other })).rejects.toMatchObject({ code: 'output-unwritable' })
  await expect(refused(bundle, { limit: 101 })).rejects.toMatchObject({ code: 'option-invalid' })
  await expect(refused(join(work, 'nowhere'), {})).rejects.toMatchObject({ code: 'bundle-unreachable' })
  expect(await readdir(other)).toEqual(['manifest.json'])
})
