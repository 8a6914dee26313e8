import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseColumnMap, type ColumnMap } from '../../src/builder/read/columns.ts'
import { checkUtf8 } from '../../src/builder/read/check-utf8.ts'
import { openRows } from '../../src/builder/read/open-rows.ts'
import { readCatalogue } from '../../src/builder/read/read-catalogue.ts'
import { readEvents } from '../../src/builder/read/read-events.ts'
import { WindowshopError, type ErrorDetails } from '../../src/errors.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-read-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}

async function events(content: string | Uint8Array, map: ColumnMap = {}) {
  return readEvents(await openRows(await write('events', content)), { map, carriesCatalogue: false })
}

async function catalogue(content: string | Uint8Array, map: ColumnMap = {}) {
  return readCatalogue(await openRows(await write('catalogue', content)), map)
}

async function refusal(reading: Promise<unknown>): Promise<{ code: string } & ErrorDetails> {
  const error: unknown = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(WindowshopError)
  const { code, details } = error as WindowshopError
  return { code, ...details }
}

const csv = 'user,item,time,event,price\nann,1,2026-01-02T03:04:05Z,view_item,9.5\nbob,2,2026-01-03,purchase,\n'
const expected = [
  { user: 'ann', item: '1', time: Date.UTC(2026, 0, 2, 3, 4, 5), kind: 'view_item', price: 9.5, quantity: 1 },
  { user: 'bob', item: '2', time: Date.UTC(2026, 0, 3), kind: 'purchase', price: undefined, quantity: 1 },
]

test('the same log is read from CSV, JSON lines and Parquet, plain and gzipped', async () => {
  const objects = [
    { user: 'ann', item: '1', time: '2026-01-02T03:04:05Z', event: 'view_item', price: 9.5 },
    { user: 'bob', item: '2', time: '2026-01-03', event: 'purchase' },
  ]
  const lines = objects.map((object) => JSON.stringify(object)).join('\n')
  const parquet = new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'user', data: ['ann', 'bob'], type: 'STRING' },
        { name: 'item', data: ['1', '2'], type: 'STRING' },
        { name: 'time', data: [new Date(expected[0]!.time), new Date(expected[1]!.time)], type: 'TIMESTAMP' },
        { name: 'event', data: ['view_item', 'purchase'], type: 'STRING' },
        { name: 'price', data: [9.5, null], type: 'DOUBLE', nullable: true },
      ],
      rowGroupSize: 1,
    }),
  )
  for (const content of [csv, gzipSync(csv), lines, gzipSync(lines), parquet]) {
    expect(await events(content)).toMatchObject(expected)
  }
})

test('a byte order mark, semicolons, tabs, Windows line ends and quoted line breaks are understood', async () => {
  const quoted = 'user;item;time;title\r\nann;1;2026-01-02;"a ""b""\r\nc;d"\r\n'
  expect(await events(`\uFEFF${quoted}`)).toMatchObject([{ user: 'ann', title: 'a "b" c;d', line: 3 }])
  expect(await events('user\titem\ttime\nann\t1\t2026-01-02\n')).toMatchObject([{ user: 'ann' }])
})

test('a GA4 event with several items is a line for each, in its own names', async () => {
  const event = {
    event_name: 'purchase',
    event_timestamp: '1767322800000000',
    user_pseudo_id: 'u.1',
    ecommerce: { transaction_id: 'T1' },
    items: [
      { item_id: 'a', item_name: 'Tent', item_category: 'Outdoor', item_category2: 'Tents', price: 80, quantity: 2 },
      { item_id: 'b', item_name: 'Mat' },
    ],
  }
  const shared = { user: 'u.1', order: 'T1', kind: 'purchase', time: 1767322800000 }
  expect(await events(JSON.stringify(event))).toMatchObject([
    { ...shared, item: 'a', title: 'Tent', category: 'Outdoor > Tents', price: 80, quantity: 2 },
    { ...shared, item: 'b', title: 'Mat', quantity: 1 },
  ])
})

test("a data layer's own form is read too, and a line separator inside a string is no line break", async () => {
  const event = {
    event: 'view_item',
    user_id: 'u',
    time: '2026-02-03',
    ecommerce: { items: [{ item_id: 'x\u2028y' }] },
  }
  expect(await events(JSON.stringify(event))).toMatchObject([{ kind: 'view_item', item: 'x\u2028y' }])
})

test('columns are found by their common names, and by --map before that', async () => {
  const text = 'CustomerID,StockCode,Invoice Date,InvoiceNo,other\nann,1,2026-01-02 08:26,7,zed\n'
  expect(await events(text)).toMatchObject([{ user: 'ann', item: '1', order: '7', kind: 'purchase' }])
  expect(await events(text, parseColumnMap('user=other'))).toMatchObject([{ user: 'zed' }])
})

test('times are read as ISO 8601 with and without a zone, and as epochs in three units', async () => {
  const time = Date.UTC(2026, 0, 2, 3, 4)
  const spellings = [
    '2026-01-02 03:04',
    '2026-01-02T04:04:00+01:00',
    '2026-01-02 03:04:00 UTC',
    time,
    time / 1000,
    time * 1000,
  ]
  const lines = await events(`user,item,time\n${spellings.map((spelling) => `u,i,${spelling}`).join('\n')}\n`)
  expect(lines.map((line) => line.time)).toEqual(spellings.map(() => time))
})

test('a catalogue line says what is in stock, and the later of two lines counts', async () => {
  const text =
    'id,title,stock,price,category,added\n1,Old,3,5,A>B,\n1,New,0,£6.50,A | B,2026-01-01\n2,,1,,,\n3,Third,out of stock,15.00 GBP,,\n4,Fourth,in stock,,,\n'
  const { items, duplicates, incomplete } = await catalogue(text)
  expect(items).toMatchObject([
    { id: '1', title: 'New', available: false, price: 6.5, category: 'A > B', added: Date.UTC(2026, 0, 1) },
    { id: '3', available: false, price: 15 },
    { id: '4', available: true, price: NaN },
  ])
  expect({ duplicates, incomplete }).toEqual({ duplicates: 1, incomplete: 1 })
})

test('markup in a description does not become words', async () => {
  const { items } = await catalogue('id,title,description\n1,T,"<p class=""x"">Warm<br>and dry</p>"\n')
  expect(items[0]?.description).toBe('Warm and dry')
})

test('a missing column is named, with the columns that are there', async () => {
  const file = join(folder, 'events')
  expect(await refusal(events('user,thing,time\na,b,2026-01-02\n'))).toMatchObject({
    code: 'input-column',
    where: file,
    line: 1,
    column: 'item',
    got: 'user, thing, time',
  })
  const map = parseColumnMap('item=Nothing')
  expect(await refusal(events('user,thing,time\na,b,2026-01-02\n', map))).toMatchObject({
    code: 'input-column',
    column: 'Nothing',
  })
  expect(await refusal(catalogue('id,colour\n1,red\n'))).toMatchObject({ code: 'input-column', column: 'title' })
})

test('a broken row is named by its line', async () => {
  const file = join(folder, 'events')
  const short = await refusal(events('user,item,time\na,b,2026-01-02\na,b\n'))
  expect(short).toMatchObject({ code: 'input-row', where: file, line: 3 })
  const open = await refusal(events('user,item,time\na,b,2026-01-02\na,"b,2026-01-02\n'))
  expect(open).toMatchObject({ code: 'input-row', where: file })
  expect(open.line).toBeGreaterThanOrEqual(3)
  const json = await refusal(events('{"user":"a","item":"b","time":"2026-01-02"}\n\n{"user":\n'))
  expect(json).toMatchObject({ code: 'input-row', where: file, line: 3, expected: 'JSON' })
  expect(await refusal(events('{"user":"a","item":"b","time":"2026-01-02"}\n[1]\n'))).toMatchObject({
    code: 'input-row',
    line: 2,
  })
})

test('a wrong date or number is named by line and column', async () => {
  for (const time of ['yesterday', '2026-02-30', '1/2/2026', '1812-01-01', '2026-01-02 25:00', '12']) {
    const error = await refusal(events(`user,item,when\na,b,2026-01-02\na,b,${time}\n`, { time: 'when' }))
    expect(error).toMatchObject({
      code: 'input-time',
      where: join(folder, 'events'),
      line: 3,
      column: 'when',
      got: time,
    })
  }
  const error = await refusal(events('user,item,time,quantity\na,b,2026-01-02,many\n'))
  expect(error).toMatchObject({ code: 'input-number', line: 2, column: 'quantity', got: 'many' })
  expect(await refusal(catalogue('id,title,price\n1,T,1.2.3\n'))).toMatchObject({
    code: 'input-number',
    column: 'price',
  })
})

test('an empty file, one with a header alone, and one that is missing are refused', async () => {
  expect(await refusal(events(''))).toMatchObject({ code: 'input-empty', where: join(folder, 'events') })
  expect(await refusal(events('\n\n'))).toMatchObject({ code: 'input-empty' })
  expect(await refusal(events('user,item,time\n'))).toMatchObject({ code: 'input-empty' })
  expect(await refusal(events(gzipSync('')))).toMatchObject({ code: 'input-empty' })
  expect(await refusal(openRows(join(folder, 'nothing.csv')))).toMatchObject({ code: 'input-missing' })
  expect(await refusal(openRows(folder))).toMatchObject({ code: 'input-missing' })
})

test('broken gzip, broken Parquet, binary data and a JSON array are refused as formats', async () => {
  const broken = gzipSync(csv.repeat(100))
  expect(await refusal(events(broken.subarray(0, 60)))).toMatchObject({ code: 'input-format', expected: 'gzip' })
  expect(await refusal(events('PAR1 but not really'))).toMatchObject({ code: 'input-format', expected: 'Parquet' })
  expect(await refusal(events(new Uint8Array([80, 75, 3, 4, 0, 0, 0])))).toMatchObject({ code: 'input-format' })
  expect(await refusal(events('[{"user":"a"}]'))).toMatchObject({ code: 'input-format', got: 'a JSON array' })
})

test('a text that is not UTF-8 is refused by its line; one that is may be cut anywhere', async () => {
  for (const text of ['id,title\n1,Th\u00e9\n2,\u00e9t\u00e9', 'id,title\n1,ok\n2,\u00e9t\u00e9\n']) {
    const line = text.includes('Th') ? 2 : 3
    const latin = Buffer.from(text, 'latin1')
    expect(await refusal(catalogue(latin))).toMatchObject({ code: 'input-format', line, expected: 'UTF-8' })
  }
  const texts = ['\u00e9t\u00e9\n', '\u8336\u5177\n', 'tea \u{1f375}\n', 'plain\n']
  const bytes = Buffer.from(texts.join(''))
  const passed = async (chunks: Buffer[]) => {
    const all: Buffer[] = []
    for await (const chunk of checkUtf8('f', from(chunks))) all.push(chunk)
    return Buffer.concat(all)
  }
  for (let cut = 0; cut <= bytes.length; cut++) {
    for (const size of [1, 2, 3]) {
      const middle = bytes.subarray(cut, cut + size)
      const chunks = [bytes.subarray(0, cut), middle, bytes.subarray(cut + size)]
      expect((await passed(chunks)).equals(bytes)).toBe(true)
      const broken = [...chunks, Buffer.from([0x41, 0xe9, 0x41])]
      await expect(passed(broken)).rejects.toMatchObject({ details: { line: texts.length + 1 } })
    }
  }
  await expect(passed([Buffer.from([0x41, 0xe9])])).rejects.toMatchObject({ details: { line: 1 } })
})

async function* from(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks
}

test('a map that names no field is refused as an option', () => {
  for (const text of ['CustomerID', 'person=CustomerID', 'user=', '=x']) {
    expect(() => parseColumnMap(text)).toThrowError(expect.objectContaining({ code: 'option-invalid' }))
  }
  expect(parseColumnMap('user=A, name=B')).toEqual({ user: 'A', title: 'B' })
})
