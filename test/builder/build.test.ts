import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBundle, buildInto, type BuildOptions } from '../../src/builder/build-bundle.ts'
import { runEvaluation } from '../../src/builder/evaluate/run-evaluation.ts'
import { formatInspection } from '../../src/builder/format-inspection.ts'
import { formatSummary } from '../../src/builder/format-summary.ts'
import { inspectBundle } from '../../src/builder/inspect-bundle.ts'
import { silent } from '../../src/builder/progress.ts'
import { generateShop } from '../../src/builder/sample/generate-shop.ts'
import { writeShop } from '../../src/builder/sample/write-shop.ts'
import { hasBit } from '../../src/core/bitmask.ts'
import { createRandom } from '../../src/core/random.ts'
import { words } from '../../src/core/words.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import type { WindowshopError } from '../../src/errors.ts'

let folder: string
let sample: { events: string; catalogue: string }
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-build-'))
  await writeShop(generateShop({ items: 200, shoppers: 400, seed: 3 }), join(folder, 'shop'), { pictures: false })
  sample = { events: join(folder, 'shop/events.jsonl'), catalogue: join(folder, 'shop/catalogue.csv') }
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

async function open(options: BuildOptions) {
  const built = await buildBundle(options)
  const { [built.manifest.availability!.url]: availability } = Object.fromEntries(built.files)
  return { ...built, bundle: openBundle(built.manifest, built.files, availability ? { availability } : {}) }
}

async function contentOf(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path)).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(path, name), 'hex')])),
  )
}

test('the same inputs give the same bytes, another log gives others', async () => {
  const [first, second] = [await buildBundle(sample), await buildBundle(sample)]
  expect([...first.files.keys()]).toEqual([...second.files.keys()])
  for (const [name, bytes] of first.files) expect(Buffer.compare(bytes, second.files.get(name)!)).toBe(0)
  const earlier = await buildBundle({ ...sample, until: Date.UTC(2026, 5, 1) })
  expect(earlier.manifest.generation).not.toBe(first.manifest.generation)
})

test('a build tells how good its suggestions are: what an evaluation of the last days finds, and the same again', async () => {
  const { manifest, summary } = await buildBundle({ ...sample, measure: true })
  const { quality } = manifest
  expect(summary.quality).toEqual(quality)
  const days = (Date.parse(quality['to'] as string) - Date.parse(quality['from'] as string)) / 86_400_000
  const { models } = await runEvaluation(
    { ...sample, days: Math.round(days), seed: 1, models: ['windowshop', 'popular'] },
    silent,
  )
  const { windowshop, popular } = models
  for (const name of ['recall@20', 'ndcg@20', 'hit@20'])
    expect(quality[name]).toBeCloseTo(windowshop!.quality[name]!.value, 4)
  expect(quality['coverage']).toBeCloseTo(windowshop!.catalogue.coverage, 4)
  expect(quality['recall@20 of best sellers']).toBeCloseTo(popular!.quality['recall@20']!.value, 4)
  expect(formatSummary(summary, 'there')).toMatch(/it finds \d+\.\d % of what customers buy for the first time/)
  expect((await buildBundle({ ...sample, measure: true })).manifest).toEqual(manifest)
})

test('nothing is told of quality where fewer than 50 customers came again', async () => {
  const lines = Array.from({ length: 40 }, (_, user) =>
    [1, 2, 80, 90].map(
      (day) => `u${user},i${(user + day) % 7},${new Date(day * 86_400_000 + 1e12).toISOString()},Lamp`,
    ),
  )
  const events = await write('few-return.csv', ['user,item,time,title', ...lines.flat(), ''].join('\n'))
  expect((await buildBundle({ events, measure: true })).manifest.quality).toEqual({})
  const { quality } = (await buildBundle({ catalogue: sample.catalogue, measure: true })).manifest
  expect(Object.keys(quality).filter((name) => !name.includes('search'))).toEqual([])
})

test('a catalogue alone makes a bundle of content', async () => {
  const { bundle, manifest, summary } = await open({ catalogue: sample.catalogue })
  expect(manifest.segments.map(({ name }) => name)).toEqual(['content'])
  expect(manifest.priors).toEqual(['newness'])
  expect(summary).toMatchObject({ customers: 0, events: { read: 0, kept: 0 }, neighbours: 0 })
  expect(bundle.textVector(words(bundle.card(0).category!)[0]!)).toBeDefined()
})

test('variants are one row that answers to all their ids, and shows one that is in stock', async () => {
  const catalogue = await write(
    'variants.csv',
    'id,title,stock,group\nred,Red tent,0,tent\nblue,Blue tent,2,tent\ngone,Old tent,0,old\nalone,Lamp,1,\n',
  )
  const { bundle } = await open({ catalogue })
  expect(bundle.manifest.items).toBe(3)
  const tent = bundle.rowOf('red')!
  expect([bundle.rowOf('blue'), bundle.card(tent).title]).toEqual([tent, 'Blue tent'])
  const available = ['red', 'gone', 'alone'].map((id) => !hasBit(bundle.unavailable, bundle.rowOf(id)!))
  expect(available).toEqual([true, false, true])
})

test('a row of variants bears the words that their titles begin with, if those say enough', async () => {
  const titles = ['Dome Tent 2, Rust', 'Dome Tent 2, Slate', 'Dome Tent 3, Slate', 'Red mug', 'Blue mug']
  const lines = titles.map((title, i) => `${i},"${title}",${i < 2 ? 'two' : i === 2 ? 'three' : 'mug'}`)
  const { bundle } = await open({ catalogue: await write('titles.csv', ['id,title,group', ...lines, ''].join('\n')) })
  const shown = ['1', '2', '4'].map((id) => bundle.card(bundle.rowOf(id)!).title)
  expect(shown).toEqual(['Dome Tent 2', 'Dome Tent 3, Slate', 'Red mug'])
})

test('cards carry the address of the catalogue, else of the template, and never a script', async () => {
  const catalogue = await write(
    'urls.csv',
    'id,title,url,image\n1,A,https://shop.example/a,\n2/x,B,javascript:alert(1),data:image/png;base64\n3,C,/c?d=1,//cdn.example/3.jpg\n',
  )
  const { bundle } = await open({ catalogue, urlTemplate: '/item/{id}.html', imageTemplate: '/img/{id}.jpg' })
  const cards = ['1', '2/x', '3'].map((id) => bundle.card(bundle.rowOf(id)!))
  expect(cards.map(({ url }) => url)).toEqual(['https://shop.example/a', '/item/2%2Fx.html', '/c?d=1'])
  expect(cards.map(({ image }) => image)).toEqual(['/img/1.jpg', '/img/2%2Fx.jpg', '//cdn.example/3.jpg'])
})

test('shop, currency and locale stand in the manifest', async () => {
  const { manifest } = await buildBundle({ ...sample, shop: 'Fell & Hearth', currency: 'GBP', locale: 'en-GB' })
  expect(manifest).toMatchObject({ shop: 'Fell & Hearth', currency: 'GBP', locale: 'en-GB' })
})

test('both segments have a root mean square norm of 1, and best sellers come first', async () => {
  const { bundle } = await open(sample)
  const { items, dims, stride, rows, scales } = bundle.table
  let from = 0
  for (const [segment, size] of dims.entries()) {
    let squares = 0
    for (let row = 0; row < items; row++) {
      for (let d = from; d < from + size; d++)
        squares += (rows[row * stride + d]! * scales[row * dims.length + segment]!) ** 2
    }
    expect(squares / items).toBeCloseTo(1, 1)
    from += size
  }
  const columns = bundle.manifest.priors.length
  const popularity = Array.from({ length: items }, (_, row) => bundle.priors[row * columns]!)
  expect(popularity).toEqual([...popularity].sort((a, b) => b - a))
})

test('the head takes what its budget allows, and no more', async () => {
  const random = createRandom(1)
  const word = () => `word${Math.floor(random() * 400)}`
  const many = Array.from({ length: 4000 }, (_, i) => `${i},${word()} ${word()} ${word()} ${word()}`)
  const { manifest, files } = await buildBundle({
    catalogue: await write('many.csv', `id,title\n${many.join('\n')}\n`),
  })
  const names = manifest.files.filter(({ tier }) => tier === 'head').map(({ url }) => url)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  const bytes = ['manifest.json', ...names]
    .map((name) => brotliCompressSync(files.get(name)!, { params }).length)
    .reduce((sum, length) => sum + length, 0)
  expect(manifest.head).toBeLessThan(manifest.items)
  expect(bytes).toBeLessThan(150_000)
  expect(bytes).toBeGreaterThan(148_000)
})

test('what fewer than five customers did is in no byte: a name, a pair, a search', async () => {
  const crowd = Array.from({ length: 30 }, (_, u) =>
    [1, 2, 3].map((item) => `u${u},item-${item},2026-01-0${(u % 9) + 1},purchase,Lamp ${item},`),
  ).flat()
  const secrets = [
    'jane.roe@example.org,item-77,2026-01-05,purchase,Ring for jane.roe@example.org,',
    'u1,item-1,2026-01-05,purchase,Lamp engraved zqxjane,',
    'u2,,2026-01-05,search,,zqxdivorce lawyer',
    'u3,zqxitem-9,2026-01-05,view_item,Zqxrare,',
  ]
  const events = await write('secrets.csv', `user,item,time,event,title,query\n${[...crowd, ...secrets].join('\n')}\n`)
  const { files, manifest } = await buildBundle({ events })
  const bytes = [...files.values()].map((file) => Buffer.from(file).toString('latin1').toLowerCase()).join('\n')
  expect(manifest.items).toBe(3)
  expect(bytes).toContain('lamp 1')
  for (const secret of ['jane', 'example.org', 'item-77', 'zqx', 'divorce']) expect(bytes).not.toContain(secret)
})

test('four visits to an item change no byte of what is learned, a fifth does', async () => {
  const titles = Array.from(
    { length: 40 },
    (_, i) => `${i},${['tent', 'lamp', 'sock', 'bowl'][i % 4]} number ${i % 10}`,
  )
  const catalogue = await write('few.csv', `id,title\n${titles.join('\n')}\n`)
  const crowd = Array.from({ length: 200 }, (_, u) =>
    [0, 4, 8, 12].map((shift) => `u${u},${(u + shift) % 39},2026-01-0${(u % 9) + 1}`),
  ).flat()
  const tablesWith = async (visitors: readonly string[]) => {
    const lines = [...crowd, ...visitors.map((user) => `${user},39,2026-01-09`)]
    const events = await write('few-events.csv', `user,item,time\n${lines.join('\n')}\n`)
    const { manifest, summary } = await buildBundle({ catalogue, events })
    return { files: manifest.files, predicted: summary.predicted }
  }
  const none = await tablesWith([])
  expect(none.predicted).toBe(1)
  expect(await tablesWith(['u1', 'u2', 'u3', 'u4', 'u4'])).toEqual(none)
  expect(await tablesWith(['u1', 'u2', 'u3', 'u4', 'u5'])).not.toEqual(none)
})

test('bad input leaves the bundle of before as it is, and nothing beside it', async () => {
  const out = join(folder, 'kept/bundle')
  await buildInto(out, { catalogue: sample.catalogue }, silent)
  const before = await contentOf(out)
  const broken = await write('broken.csv', 'user,item,time\nu,1,2026-01-01\nu,2,tomorrow\n')
  await expect(buildInto(out, { ...sample, events: broken }, silent)).rejects.toMatchObject({ code: 'input-time' })
  expect(await contentOf(out)).toEqual(before)
  await buildInto(out, sample, silent)
  expect(await contentOf(out)).not.toEqual(before)
  expect(await readdir(join(folder, 'kept'))).toEqual(['bundle'])
})

test('a bundle may be read by whom the umask allows, as a web server needs', async () => {
  const umask = process.umask(0o022)
  try {
    const out = join(folder, 'readable/bundle')
    for (const _ of ['new', 'replaced']) {
      await buildInto(out, { catalogue: sample.catalogue }, silent)
      expect((await stat(out)).mode & 0o777).toBe(0o755)
      for (const name of await readdir(out)) expect((await stat(join(out, name))).mode & 0o777).toBe(0o644)
    }
  } finally {
    process.umask(umask)
  }
})

test('one map serves both files: a column counts where it is, and is refused when neither has it', async () => {
  const events = await write(
    'orders.csv',
    `customer,sku,ordered_at,paid\n${[...'abcdef'].map((user) => `${user},1,2026-01-02,9.5`).join('\n')}\n`,
  )
  const catalogue = await write('products.csv', 'sku,product_label,price\n1,Lamp,9\n2,Tent,80\n')
  const map = { user: 'customer', item: 'sku', time: 'ordered_at', price: 'paid', title: 'product_label' }
  const { summary, bundle } = await open({ events, catalogue, map })
  expect(summary).toMatchObject({ items: 2, customers: 6, events: { kept: 6 } })
  expect(bundle.card(bundle.rowOf('1')!)).toMatchObject({ title: 'Lamp', price: 9 })
  await expect(open({ events, catalogue, map: { ...map, order: 'ordr' } })).rejects.toMatchObject({
    code: 'input-column',
    details: { where: `${catalogue} and ${events}`, column: 'ordr' },
  })
})

test('a folder that may not be replaced is refused before anything is read', async () => {
  const out = await write('notes.txt', 'no folder')
  const building = buildInto(out, { catalogue: join(folder, 'not-there.csv') }, silent)
  await expect(building).rejects.toMatchObject({ code: 'output-unwritable', details: { where: out } })
})

test('a folder that holds something else is not replaced', async () => {
  const out = await mkdtemp(join(folder, 'precious-'))
  await writeFile(join(out, 'thesis.txt'), 'years of work')
  await expect(buildInto(out, { catalogue: sample.catalogue }, silent)).rejects.toMatchObject({
    code: 'output-unwritable',
  })
  expect(await readdir(out)).toEqual(['thesis.txt'])
})

test('without any input, and with a log that leaves nothing, the builder says so', async () => {
  await expect(buildBundle({})).rejects.toMatchObject({ code: 'option-invalid' })
  const events = await write('lonely.csv', 'user,item,time,title\nu,1,2026-01-01,Tent\n')
  await expect(buildBundle({ events })).rejects.toMatchObject({ code: 'input-empty' })
})

test('inspect verifies what it prints, and refuses a bundle with a changed byte', async () => {
  const out = join(folder, 'inspected')
  const summary = await buildInto(out, sample, silent)
  const inspection = await inspectBundle(out)
  expect(inspection.manifest).toMatchObject({ bundle: summary.bundle, items: summary.items })
  expect(inspection.neighbours).toBe(summary.neighbours)
  expect(formatSummary(summary, out)).toContain(`${summary.items} items`)
  expect(formatInspection(inspection, {})).toContain(inspection.first[0]!.title)
  expect(formatInspection(inspection, { public: true })).toMatch(/five customers or more/)
  const { url } = inspection.manifest.files.find(({ role }) => role === 'items')!
  const bytes = await readFile(join(out, url))
  bytes[bytes.length - 1]! ^= 1
  await writeFile(join(out, url), bytes)
  await expect(inspectBundle(out)).rejects.toMatchObject({ code: 'bundle-hash', details: { where: url } } satisfies {
    code: string
    details: Partial<WindowshopError['details']>
  })
  await rm(join(out, url))
  await expect(inspectBundle(out)).rejects.toMatchObject({ code: 'bundle-unreachable' })
})
