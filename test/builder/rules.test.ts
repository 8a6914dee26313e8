import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packBundle } from '../../src/bundle/pack.ts'
import { hasBit } from '../../src/core/bitmask.ts'
import { buildInto } from '../../src/builder/build-bundle.ts'
import { inspectBundle, readBundle } from '../../src/builder/inspect-bundle.ts'
import { publishStock } from '../../src/builder/publish-stock.ts'
import { silent } from '../../src/builder/progress.ts'
import { publishRules } from '../../src/builder/rules/publish-rules.ts'
import { writeBundle } from '../../src/builder/write-bundle.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { seededRandom } from '../support/seed.ts'

const random = seededRandom('rules and stock')
let work: string
let folder: string
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'windowshop-rules-'))
  folder = join(work, 'bundle')
  await writeBundle(folder, (await packBundle(randomPackInput({ items: 100, head: 20, random }))).files)
})
afterAll(() => rm(work, { recursive: true }))

let files = 0
async function fileOf(content: unknown): Promise<string> {
  const name = join(work, `input-${++files}`)
  await writeFile(name, typeof content === 'string' ? content : JSON.stringify(content))
  return name
}

const csvOf = (rows: readonly (readonly (string | number)[])[]) => fileOf(rows.map((row) => row.join()).join('\n'))
const manifestText = () => readFile(join(folder, 'manifest.json'), 'utf8')

describe('rules', () => {
  test('are given to a bundle in place: once the manifest lists them, their own file is all that changes', async () => {
    const before = JSON.parse(await manifestText())
    const hide = { name: 'no tents', hide: { category: 'Outdoor > Tents' } }
    expect(await publishRules(folder, { rules: await fileOf([hide]) })).toEqual({ rules: 1, unknown: [] })
    const listed = JSON.parse(await manifestText())
    expect(listed).toEqual({ ...before, bundle: listed.bundle, rules: { url: 'rules.json' } })
    expect(listed.bundle).not.toBe(before.bundle)
    expect((await readBundle(folder)).rules).toEqual([hide])

    await publishRules(folder, { rules: await fileOf({ rules: [{ ...hide, name: 'other' }] }) })
    expect(JSON.parse(await manifestText())).toEqual(listed)
    expect((await inspectBundle(folder)).rules).toEqual(['other'])
  })

  test('that name what the bundle does not have are published, and told', async () => {
    const rules = await fileOf([
      { name: 'a', pin: ['item-1', 'gone'], when: { category: 'Home', interest: 'Garden' } },
      { name: 'b', boost: { or: [{ brand: ['Alder', 'Fir'] }], not: { category: ['Outdoor', 'Boats'] } }, by: 1 },
    ])
    const { unknown } = await publishRules(folder, { rules })
    expect([...unknown].sort()).toEqual(['a: category Garden', 'a: item gone', 'b: brand Fir', 'b: category Boats'])
  })

  test.each<[string, unknown, string]>([
    ['no JSON', 'oops', 'input-format'],
    ['no list', {}, 'rules-malformed'],
    ['a broken rule', [{ name: 'x' }], 'rules-malformed'],
    ['margin without a catalogue', [{ name: 'x', margin: { by: 1 } }], 'option-invalid'],
  ])('are refused with a code and change nothing: %s', async (_, content, code) => {
    const before = await readFile(join(folder, 'rules.json'), 'utf8')
    await expect(publishRules(folder, { rules: await fileOf(content) })).rejects.toMatchObject({ code })
    expect(await readFile(join(folder, 'rules.json'), 'utf8')).toBe(before)
  })

  test('of a bundle that is built again stay, unless there are others', async () => {
    const shop = join(work, 'built')
    const catalogue = await csvOf([
      ['id', 'title', 'price'],
      ...Array.from({ length: 20 }, (_, i) => [`sku-${i}`, `Thing number ${i}`, i + 1]),
    ])
    const [first, second] = [
      await fileOf([{ name: 'first', pin: ['sku-3'] }]),
      await fileOf([{ name: 'second', pin: ['sku-4'] }]),
    ]
    const namesAfter = async (options: object) => {
      await buildInto(shop, { catalogue, ...options }, silent)
      return (await inspectBundle(shop)).rules
    }
    expect(await namesAfter({ rules: first })).toEqual(['first'])
    expect(await namesAfter({})).toEqual(['first'])
    expect(await namesAfter({ rules: second })).toEqual(['second'])
  })
})

describe('a rule on margin', () => {
  /** A catalogue in which items of the numbers below 30 have the high margins. */
  const catalogueOf = (margin: (item: number) => number) =>
    csvOf([['id', 'price', 'cost'], ...Array.from({ length: 90 }, (_, i) => [`item-${i}`, 10, 10 * (1 - margin(i))])])
  const rules = () => fileOf([{ name: 'house', margin: { by: 0.2 }, when: { placement: 'for-you' } }])

  test('becomes a boost of the third with the highest, in the order of their ids', async () => {
    const catalogue = await catalogueOf((i) => (i < 30 ? 0.5 + random() / 4 : random() / 4))
    await publishRules(folder, { rules: await rules(), catalogue })
    const items = Array.from({ length: 30 }, (_, i) => `item-${i}`).sort()
    expect((await readBundle(folder)).rules).toEqual([
      { name: 'house', when: { placement: 'for-you' }, boost: { items }, by: 0.2 },
    ])
  })

  test('leaves nothing of a margin but on which side an item is: other margins, the same bytes', async () => {
    const bytes = new Set<string>()
    for (let run = 0; run < 5; run++) {
      const catalogue = await catalogueOf((i) => (i < 30 ? 0.5 + random() / 3 : random() / 2 - 0.1))
      await publishRules(folder, { rules: await rules(), catalogue })
      const names = (await readdir(folder)).sort()
      bytes.add((await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))).join())
    }
    expect(bytes.size).toBe(1)
  })

  test('needs so many items that it tells little of each', async () => {
    const catalogue = await csvOf([['id', 'margin'], ...Array.from({ length: 29 }, (_, i) => [`item-${i}`, i])])
    await expect(publishRules(folder, { rules: await rules(), catalogue })).rejects.toMatchObject({
      code: 'input-empty',
    })
  })

  test('needs a column of margins, or of costs', async () => {
    const catalogue = await csvOf([
      ['id', 'price'],
      ['item-1', 3],
    ])
    await expect(publishRules(folder, { rules: await rules(), catalogue })).rejects.toMatchObject({
      code: 'input-column',
    })
  })
})

test('new stock and prices reach a bundle without another build, and the next renewal takes them back', async () => {
  const { bundle } = await readBundle(folder, { withAvailability: false })
  const line = (row: number, changes: { price?: number; stock?: number; id?: string } = {}) => {
    const { price = bundle.prices[row]!, stock = 5, id = `item-${row}` } = changes
    return [id, `Item ${row}`, Number.isNaN(price) ? '' : price, stock]
  }
  const header = ['id', 'title', 'price', 'stock']
  const rows = Array.from({ length: 99 }, (_, row) => row)
  const unchanged = rows.map((row) => line(row))
  const changes = new Map([
    [1, line(1, { stock: 0 })],
    [2, line(2, { price: 99.5 })],
    [4, line(4, { price: Number.NaN })],
  ])
  // The card of item 3 is sold out, and a variant of it is not.
  const variant = [line(3, { stock: 0 }), line(3, { id: 'variant-3-a', price: 7 })]
  const now = await csvOf([
    header,
    ...unchanged.map((row, i) => changes.get(i) ?? row).filter((_, i) => i !== 3),
    ...variant,
  ])
  const before = await manifestText()
  // Item 99 is no longer listed.
  expect(await publishStock(folder, { catalogue: now })).toEqual({ items: 100, unavailable: 2, repriced: 3 })
  expect(await manifestText()).toBe(before)
  const changed = (await readBundle(folder)).bundle
  expect(rows.filter((row) => hasBit(changed.unavailable, row))).toEqual([1])
  expect(hasBit(changed.unavailable, 99)).toBe(true)
  expect([2, 3, 4].map((row) => changed.card(row).price)).toEqual([99.5, 7, undefined])

  await publishStock(folder, { catalogue: await csvOf([header, ...unchanged, line(99)]) })
  const again = (await readBundle(folder)).bundle
  expect([...again.prices]).toEqual([...bundle.prices])
  expect(again.unavailable.every((word) => word === 0)).toBe(true)
})
