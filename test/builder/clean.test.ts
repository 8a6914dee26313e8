import { expect, test } from 'vitest'
import { catalogueFromLog } from '../../src/builder/clean/catalogue-from-log.ts'
import { cleanLog } from '../../src/builder/clean/clean-log.ts'
import { createReport } from '../../src/builder/clean/report.ts'
import type { LogLine } from '../../src/builder/read/read-events.ts'

let lineNumber = 1
function line(values: Partial<LogLine>): LogLine {
  return {
    line: ++lineNumber,
    time: lineNumber,
    kind: 'purchase',
    user: 'ann',
    item: '10',
    quantity: 1,
    price: undefined,
    order: undefined,
    ...values,
  }
}

function clean(lines: readonly LogLine[], known?: ReadonlySet<string>) {
  const report = createReport()
  const kept = cleanLog(lines, report, known)
  return { kept, dropped: Object.fromEntries(report.dropped.map(({ reason, count }) => [reason, count])), report }
}

test('lines without a customer, an item, a time or a telling event are dropped, each with its reason', () => {
  const { kept, dropped } = clean([
    line({ user: undefined }),
    line({ item: undefined }),
    line({ time: NaN }),
    line({ kind: undefined }),
    line({ kind: 'search', item: undefined }),
    line({}),
  ])
  expect(kept).toHaveLength(1)
  expect(dropped).toEqual({ 'no-user': 1, 'no-item': 1, 'no-time': 1, 'other-event': 1, search: 1 })
})

test('a cancellation takes its quantity off the latest purchases before it', () => {
  const { kept, dropped } = clean([
    line({ quantity: 4, order: '1' }),
    line({ quantity: 3, order: '2' }),
    line({ quantity: -5, order: 'C3' }),
    line({ quantity: 2, order: '4' }),
  ])
  expect(kept.map(({ order, quantity }) => [order, quantity])).toEqual([['1', 2], ['4', 2]]) // prettier-ignore
  expect(dropped).toEqual({ cancellation: 1, cancelled: 1 })
})

test('a cancellation touches neither other customers and items nor later purchases', () => {
  const { kept, dropped } = clean([
    line({ user: 'bob', order: '1' }),
    line({ item: '11', order: '2' }),
    line({ quantity: -1, order: 'C3' }),
    line({ order: '4' }),
    line({ kind: 'refund', user: 'bob', order: '5' }),
  ])
  expect(kept.map(({ order }) => order)).toEqual(['2', '4'])
  expect(dropped).toEqual({ 'lone-cancellation': 1, cancellation: 1, cancelled: 1 })
})

test('a line that stands twice counts once, two lines of one order for one item are added', () => {
  const twice = line({ order: '1', quantity: 2 })
  const { kept, dropped } = clean([twice, { ...twice, line: 900 }, line({ order: '1', quantity: 5, time: twice.time })])
  expect(kept.map(({ quantity }) => quantity)).toEqual([7])
  expect(dropped).toEqual({ duplicate: 1, repeated: 1 })
})

test('two views of one item at different times are two events', () => {
  expect(clean([line({ kind: 'view_item' }), line({ kind: 'view_item' })]).kept).toHaveLength(2)
})

test('codes without a digit are fees in a shop that numbers its goods, and only there', () => {
  const goods = Array.from({ length: 40 }, (_, i) => line({ item: `2${i}`, order: `${i}` }))
  const { kept, dropped } = clean([...goods, line({ item: 'POST' }), line({ item: 'M' })])
  expect([kept.length, dropped]).toEqual([40, { fee: 2 }])
  const slugs = Array.from({ length: 40 }, (_, i) => line({ item: `red-shirt-${'abcdefgh'[i % 8]}`, order: `${i}` }))
  expect(clean(slugs).kept).toHaveLength(40)
})

test('names of fees are fees whatever their code, names of goods are not', () => {
  const fees = ['POSTAGE', 'DOTCOM POSTAGE', 'CARRIAGE', 'Manual', 'Discount', 'Bank Charges', 'AMAZON FEE', 'SAMPLES', 'CRUK Commission', 'Gift Voucher £20.00', 'Shipping cost'] // prettier-ignore
  const goods = ['COFFEE MUG', 'POSTAGE STAMP MUG', 'FEEDING BOWL', 'DISCOUNTED LOOKING TIN', 'INSTRUCTION MANUAL HOLDER', 'TIP TOP TENT', 'SAMPLER KIT'] // prettier-ignore
  const lines = [...fees, ...goods].map((title, i) => line({ item: `A${i}`, title, order: `${i}` }))
  expect(clean(lines).kept.map(({ title }) => title)).toEqual(goods)
})

test('an item that the catalogue lists is never a fee', () => {
  const lines = [
    ...Array.from({ length: 40 }, (_, i) => line({ item: `2${i}`, order: `${i}` })),
    line({ item: 'GIFT' }),
  ]
  expect(clean(lines, new Set(['GIFT'])).dropped).toEqual({})
})

test('spellings of one id are joined where their names agree, under the commonest one', () => {
  const { kept, report } = clean([
    line({ item: '85123A', title: 'WHITE HANGING HEART', order: '1' }),
    line({ item: '85123A', title: 'WHITE HANGING HEART', order: '2' }),
    line({ item: '85123a', title: 'WHITE HEART', order: '3' }),
    line({ item: '90b', title: 'GREEN TENT', order: '4' }),
    line({ item: '90B', title: 'RED STOVE', order: '5' }),
  ])
  expect(kept.map(({ item }) => item)).toEqual(['85123A', '85123A', '85123A', '90b', '90B'])
  expect([...report.joined]).toEqual([['85123a', '85123A']])
})

test("the catalogue's spelling wins, and two ids that it lists stay two", () => {
  const lines = [
    line({ item: 'ab1', order: '1' }),
    line({ item: 'ab1', order: '2' }),
    line({ item: 'AB1', order: '3' }),
  ]
  expect(clean(lines, new Set(['AB1'])).kept.map(({ item }) => item)).toEqual(['AB1', 'AB1', 'AB1'])
  expect(clean(lines, new Set(['AB1', 'ab1'])).kept.map(({ item }) => item)).toEqual(['ab1', 'ab1', 'AB1'])
})

test('a visitor of 400 views in an hour is a bot, unless it bought something or took its time', () => {
  const views = (user: string, gap: number) =>
    Array.from({ length: 400 }, (_, i) => line({ user, kind: 'view_item', item: `${i}`, time: 1e12 + i * gap }))
  const { kept, dropped } = clean([
    ...views('bot', 1000),
    ...views('buyer', 1000),
    line({ user: 'buyer' }),
    ...views('slow', 60_000),
  ])
  expect(new Set(kept.map(({ user }) => user))).toEqual(new Set(['buyer', 'slow']))
  expect(dropped).toEqual({ bot: 400 })
})

test("a log's own catalogue takes the commonest name and the median price, of five customers at least", () => {
  const lines = ['a', 'b', 'c', 'd', 'e'].flatMap((user, i) => [
    line({ user, item: '1', title: 'TENT', price: [5, 6, 7, 100, 1][i], order: `${user}1` }),
    line({ user, item: '1', title: i < 2 ? 'TENT?' : 'TENT', price: 6, order: `${user}2` }),
    line({ user, item: '2', title: i < 4 ? 'LAMP' : 'LAMP, FOR JANE@EXAMPLE.ORG', order: `${user}3` }),
    ...(i < 4 ? [line({ user, item: '3', title: 'RARE', order: `${user}4` })] : []),
  ])
  const report = createReport()
  const items = catalogueFromLog(cleanLog(lines, report), report)
  expect(items.map(({ id, title, price }) => ({ id, title, price }))).toEqual([{ id: '1', title: 'TENT', price: 6 }])
  expect(report.dropped).toMatchObject([{ reason: 'few-customers', count: 9 }])
})
