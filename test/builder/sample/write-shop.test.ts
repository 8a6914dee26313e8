import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, expect, test } from 'vitest'
import { drawItem } from '../../../src/builder/sample/draw-item.ts'
import { generateShop } from '../../../src/builder/sample/generate-shop.ts'
import { writeShop } from '../../../src/builder/sample/write-shop.ts'
import { groupBy } from './group-by.ts'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

const options = { items: 150, shoppers: 200, seed: 11, days: 30 }
const shop = generateShop(options)
const calls: [number, number, string][] = []
const folder = await makeFolder()
const written = await writeShop(shop, folder, { onProgress: (...call) => calls.push(call) })

async function makeFolder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'windowshop-sample-'))
  folders.push(made)
  return made
}

const text = (name: string) => readFile(join(folder, name), 'utf8')

test('the catalogue holds every item under the default column names', async () => {
  const csv = await text('catalogue.csv')
  expect(csv.split('\n')[0]).toBe(
    'id,title,category,brand,price,description,url,image,stock,added,color,material,group',
  )
  const rows = parse(csv, { columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(150)
  rows.forEach((row, at) => {
    const { id, added, price, stock, ...item } = shop.items[at]!
    expect(row).toMatchObject({ id, url: `#/item/${id}`, image: `pictures/${id}.svg` })
    expect(Date.parse(row['added']!)).toBe(added)
    expect([Number(row['price']), Number(row['stock'])]).toEqual([price, stock])
    for (const key of ['title', 'category', 'brand', 'description', 'color', 'material', 'group'] as const) {
      expect(row[key]).toBe(item[key])
    }
  })
})

test('the event file is the log, line by line', async () => {
  const lines = (await text('events.jsonl')).trimEnd().split('\n')
  const read = lines.map((line) => JSON.parse(line) as { time: string })
  expect(read.map((event) => ({ ...event, time: Date.parse(event.time) }))).toEqual([...shop.events])
  expect(written).toEqual({ items: 150, events: lines.length, pictures: 150 })
})

test('utilities can be computed from the truth file alone', async () => {
  const truth = JSON.parse(await text('truth.json'))
  type Sparse = Record<string, number>
  const product = (a: Sparse, b: Sparse) =>
    Object.entries(a).reduce((sum, [key, value]) => sum + value * (b[key] ?? 0), 0)
  const sample = shop.truth.sampleShopper(5)
  expect(truth.samples[5].views).toEqual(sample.views)
  for (const item of truth.items) {
    expect(product(item.vector, truth.samples[5].vector)).toBeCloseTo(shop.truth.utility(sample, item.id), 4)
    expect(product(item.vector, truth.shoppers[9].vector)).toBeCloseTo(
      shop.truth.utility(shop.truth.shopper(9), item.id),
      4,
    )
  }
  expect(truth.companions).toEqual([...shop.truth.companionPairs()])
  expect(truth.trending).toEqual([...shop.truth.trending])
  expect(truth.fresh).toEqual([...shop.truth.fresh])
})

test('every item has its picture', async () => {
  expect((await readdir(join(folder, 'pictures'))).sort()).toEqual(shop.items.map(({ id }) => `${id}.svg`).sort())
  for (const item of shop.items) expect(await text(`pictures/${item.id}.svg`)).toBe(drawItem(item))
})

test('progress runs through the four stages, rises in each, and ends at the total', () => {
  const stages = [...groupBy(calls, ([, , stage]) => stage)]
  expect(stages.map(([stage]) => stage)).toEqual(['catalogue', 'events', 'truth', 'pictures'])
  for (const [stage, reports] of stages) {
    const done = reports.map(([value]) => value)
    expect(done, stage).toEqual([...done].sort((a, b) => a - b))
    expect(reports.at(-1)![0], stage).toBe(reports.at(-1)![1])
    for (const [value, total] of reports) expect(value).toBeLessThanOrEqual(total)
  }
})

test('a second run writes the same bytes; pictures can be left out', async () => {
  const second = await makeFolder()
  expect(await writeShop(generateShop(options), second, { pictures: false })).toMatchObject({ pictures: 0 })
  for (const name of ['catalogue.csv', 'events.jsonl', 'truth.json']) {
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
    expect(hash(await readFile(join(second, name))), name).toBe(hash(await readFile(join(folder, name))))
  }
  expect(await readdir(join(second, 'pictures')).catch(() => [])).toEqual([])
})
