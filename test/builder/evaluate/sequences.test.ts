import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recommendAll } from '../../../src/builder/evaluate/recommend-all.ts'
import { readCases, readSessions, readShoppers } from '../../../src/builder/evaluate/read-sequences.ts'
import { sequencesOf, sliceSequences, type Sequences } from '../../../src/builder/evaluate/sequences.ts'
import { cutLastSessions, leaveOneOut } from '../../../src/builder/evaluate/split.ts'
import { between, seededRandom } from '../../support/seed.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-sequences-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}

test('sessions are read line by line, plain and gzipped, the last line with or without its end', async () => {
  const expected = { items: 9, sequences: sequencesOf([[0, 1], [8], [2, 2, 0]]) }
  expect(await readSessions(await write('a.txt', '1 2\n9\n\n3 3 1'))).toEqual(expected)
  expect(await readSessions(await write('a.txt.gz', gzipSync('1 2\r\n9\r\n3 3 1\r\n')))).toEqual(expected)
})

test('many sessions come through the stream as they were written', async () => {
  const random = seededRandom('read sessions')
  const lists = Array.from({ length: 20_000 }, () =>
    Array.from({ length: between(random, 1, 12) }, () => between(random, 0, 50_000)),
  )
  const text = lists.map((list) => list.map((row) => row + 1).join(' ')).join('\n')
  const { sequences } = await readSessions(await write('many.txt.gz', gzipSync(text)))
  expect(sequences.offsets.length).toBe(lists.length + 1)
  expect(sequences.rows.join()).toBe(lists.flat().join())
})

test("a shopper's own number is not an item", async () => {
  const { items, sequences } = await readShoppers(await write('b.txt', '70 1 2\n71 3\n'))
  expect(items).toBe(3)
  expect(listsOf(sequences)).toEqual([[0, 1], [2]])
})

test('cases are a prefix, a tab and the next item', async () => {
  const cases = await readCases(await write('c.txt', '5 6\t7\n1\t2\n'))
  expect(cases).toEqual([
    { rows: Uint32Array.of(4, 5), wanted: Uint32Array.of(6) },
    { rows: Uint32Array.of(0), wanted: Uint32Array.of(1) },
  ])
})

test.each([
  ['a letter', '1 2\n3 x\n', 2],
  ['item 0', '0 1\n', 1],
  ['a number too large', '1 99999999\n', 1],
  ['two blanks', '1  2\n', 1],
])('a broken line is refused with its number: %s', async (_, text, line) => {
  await expect(readSessions(await write('broken.txt', text))).rejects.toMatchObject({
    code: 'input-row',
    details: { line },
  })
})

test.each(['1 2\n', '1 2\t3 4\n', '1\t2\t3\n'])('a case that is none is refused: %j', async (text) => {
  await expect(readCases(await write('broken.txt', text))).rejects.toMatchObject({ code: 'input-row' })
})

test('the last sessions are held out, each event predicted from those before it, if training knows it', () => {
  const { training, cases } = cutLastSessions(sequencesOf([[0, 1], [2], [3, 0], [1, 2, 5, 0]]), 0.25)
  expect(listsOf(training)).toEqual([[0, 1], [2], [3, 0]])
  expect(cases.map(({ rows, wanted }) => [[...rows], [...wanted]])).toEqual([
    [[1], [2]],
    [[1, 2, 5], [0]],
  ])
})

test('leave-one-out tests the last event, validates the one before, and trains on neither', () => {
  const shoppers = sequencesOf([[0, 1, 2, 3], [4, 5], [6]])
  const test = leaveOneOut(shoppers, { validation: false })
  expect(listsOf(test.training)).toEqual([[0, 1], [], []])
  expect(test.cases.map(({ rows, wanted }) => [[...rows], [...wanted]])).toEqual([
    [[0, 1, 2], [3]],
    [[4], [5]],
  ])
  const validation = leaveOneOut(shoppers, { validation: true })
  expect(listsOf(validation.training)).toEqual([[0, 1], [], []])
  expect(validation.cases.map(({ rows, wanted }) => [[...rows], [...wanted]])).toEqual([[[0, 1], [2]]])
})

test('a slice holds the times and kinds of its own events', () => {
  const sequences: Sequences = {
    ...sequencesOf([[7], [8, 9]]),
    times: Float64Array.of(1, 2, 3),
    kinds: ['view_item', 'purchase', 'search'],
  }
  const slice = sliceSequences(sequences, 1, 2)
  expect(listsOf(slice)).toEqual([[8, 9]])
  expect([...slice.times!]).toEqual([2, 3])
  expect(slice.kinds).toEqual(['purchase', 'search'])
})

test('lists are the full ranking by score, ties by row, without hidden rows and those that are not recommended', async () => {
  const random = seededRandom('recommend all')
  const items = 50
  const cases = Array.from({ length: 40 }, () => ({
    rows: Uint32Array.from({ length: between(random, 0, 6) }, () => between(random, 0, items - 1)),
    wanted: Uint32Array.of(between(random, 0, items - 1)),
  }))
  const tables = cases.map(() =>
    Float64Array.from({ length: items }, () => (random() < 0.3 ? -Infinity : between(random, -3, 3))),
  )
  const model = {
    bytes: 0,
    score: (shopper: { rows: Uint32Array }, scores: Float64Array) =>
      scores.set(tables[cases.findIndex(({ rows }) => rows === shopper.rows)]!),
  }
  for (const hide of ['nothing', 'seen'] as const) {
    const { lists, auc } = await recommendAll(model, cases, { items, count: 10, hide })
    for (const [at, { rows }] of cases.entries()) {
      const scores = tables[at]!
      const ranked = [...scores.keys()]
        .filter((row) => scores[row] !== -Infinity && !(hide === 'seen' && rows.includes(row)))
        .sort((a, b) => scores[b]! - scores[a]! || a - b)
      expect(Array.from(lists[at]!)).toEqual(ranked.slice(0, 10))
      expect(Number.isNaN(auc[at])).toBe(hide === 'seen' && rows.includes(cases[at]!.wanted[0]!))
    }
  }
})

function listsOf({ offsets, rows }: Sequences): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, s) => [...rows.subarray(offsets[s], offsets[s + 1])])
}
