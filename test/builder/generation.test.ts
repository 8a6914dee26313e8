import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBundle, buildInto, type BuildOptions, type BuiltBundle } from '../../src/builder/build-bundle.ts'
import { formatSummary } from '../../src/builder/format-summary.ts'
import { findRotation, rotate } from '../../src/builder/generation/align.ts'
import { openGeneration } from '../../src/builder/generation/generation.ts'
import { settleRows } from '../../src/builder/generation/settle-rows.ts'
import { learnNeighbours } from '../../src/builder/learn/neighbours.ts'
import { silent } from '../../src/builder/progress.ts'
import { writeBundle } from '../../src/builder/write-bundle.ts'
import { applyDelta } from '../../src/bundle/apply-delta.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { hasBit } from '../../src/core/bitmask.ts'
import { normal, type Random } from '../../src/core/random.ts'
import { between, seededRandom } from '../support/seed.ts'

const day = 86_400_000
const start = Date.UTC(2026, 0, 1)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-generation-'))
})
afterAll(() => rm(folder, { recursive: true }))

let written = 0
async function write(name: string, content: string): Promise<string> {
  const path = join(folder, `${written++}-${name}`)
  await writeFile(path, content)
  return path
}

interface Line {
  readonly user: string
  readonly item: number
  readonly day: number
}

/** Customers of two tastes over a hundred days. */
function randomLog(random: Random, customers = 150): Line[] {
  return Array.from({ length: customers }, (_, user) =>
    Array.from({ length: 12 }, () => ({
      user: `u${user}@shop.example`,
      item: 2 * between(random, 0, 19) + (user % 2),
      day: between(random, 0, 99),
    })),
  )
    .flat()
    .sort((a, b) => a.day - b.day)
}

const logOf = (lines: readonly Line[]) =>
  write(
    'log.csv',
    [
      'user,item,time',
      ...lines.map(({ user, item, day: at }) => `${user},i${item},${new Date(start + at * day).toISOString()}`),
    ].join('\n'),
  )
const words = ['lamp', 'tent', 'mug', 'rope', 'bowl', 'chair', 'stove']
const catalogueOf = (items: readonly number[], more: (item: number) => string = () => '') =>
  write(
    'catalogue.csv',
    [
      'id,title,group',
      ...items.map((item) => `i${item},${words[item % 7]} ${words[item % 5]} ${item % 3},${more(item)}`),
    ].join('\n'),
  )
const range = (count: number) => Array.from({ length: count }, (_, at) => at)

/** Builds, and lays the bundle where the next build finds it. */
async function step(options: BuildOptions): Promise<BuiltBundle & { path: string }> {
  const built = await buildBundle(options)
  const path = join(folder, `bundle-${written++}`)
  await writeBundle(path, built.files)
  return { ...built, path }
}

test('a rotation that was applied is found again, and changes no product of rows', () => {
  const random = seededRandom('rotation')
  for (let round = 0; round < 20; round++) {
    const dims = between(random, 2, 12)
    const rows = Float64Array.from({ length: 40 * dims }, () => normal(random))
    const skew = findRotation(
      Float64Array.from({ length: 40 * dims }, () => normal(random)),
      rows,
      { dims, chosen: range(40) },
    )
    const turned = rotate(rows, dims, skew)
    const product = (table: Float64Array, a: number, b: number) =>
      range(dims).reduce((sum, d) => sum + table[a * dims + d]! * table[b * dims + d]!, 0)
    for (const [a, b] of [
      [0, 1],
      [5, 5],
      [7, 39],
    ] as const) {
      expect(product(turned, a, b)).toBeCloseTo(product(rows, a, b), 9)
    }
    const back = rotate(turned, dims, findRotation(turned, rows, { dims, chosen: range(20) }))
    for (const [at, value] of back.entries()) expect(value).toBeCloseTo(rows[at]!, 9)
  }
})

test('a row stays exactly where it has moved by no more than the tolerance, but for what must stay or go', () => {
  const random = seededRandom('settle')
  const dims = 3
  const older = Float64Array.from({ length: 60 * dims }, () => normal(random))
  const rows = Float64Array.from([...older, 1, 2, 3], (value) => value + 0.2 * normal(random))
  const settled = rows.slice()
  const rules = ['may', 'must', 'never'] as const
  settleRows(settled, older, { dims, tolerance: 0.2, rule: (row) => rules[row % 3]! })
  for (let row = 0; row <= 60; row++) {
    const of = (table: Float64Array) => [...table.subarray(row * dims, (row + 1) * dims)]
    const [own, before] = [of(rows), of(older)]
    const moved = Math.hypot(...own.map((value, d) => value - before[d]!)) / Math.hypot(...before)
    const stays = row < 60 && (row % 3 === 1 || (row % 3 === 0 && moved <= 0.2))
    expect(of(settled)).toEqual(stays ? before : own)
  }
})

test('a list of neighbours stays while all its pairs have five customers, and goes when one has not', () => {
  const log = (pairs: readonly (readonly [a: number, b: number, customers: number])[]) => ({
    users: 100,
    rows: 6,
    now: 0,
    events: pairs.flatMap(([a, b, customers], pair) =>
      range(customers).flatMap((user) =>
        [a, b].map((row) => ({
          user: 10 * pair + user,
          row,
          time: 0,
          kind: 'purchase' as const,
          basket: 10 * pair + user,
        })),
      ),
    ),
  })
  const settings = { count: 5, shrink: 1, basketLimit: 50 }
  const lists = (at: ReturnType<typeof learnNeighbours>) => (row: number) => ({
    rows: at.rows.slice(at.offsets[row], at.offsets[row + 1]),
    weights: at.weights.slice(at.offsets[row], at.offsets[row + 1]),
  })
  const first = learnNeighbours(
    log([
      [0, 1, 8],
      [0, 2, 6],
      [3, 4, 9],
    ]),
    settings,
  )
  const older = { lists: lists(first), tolerance: 1 }
  const busier = learnNeighbours(
    log([
      [0, 1, 7],
      [0, 2, 9],
      [3, 4, 9],
    ]),
    { ...settings, older },
  )
  expect(lists(busier)(0)).toEqual(lists(first)(0))
  expect(
    lists(
      learnNeighbours(
        log([
          [0, 1, 7],
          [0, 2, 9],
        ]),
        settings,
      ),
    )(0),
  ).not.toEqual(lists(first)(0))
  const lost = learnNeighbours(
    log([
      [0, 1, 8],
      [0, 2, 4],
      [3, 4, 9],
    ]),
    { ...settings, older },
  )
  expect([...lists(lost)(0).rows]).toEqual([1])
})

test('another order of the catalogue learns the same rows', async () => {
  const events = await logOf(randomLog(seededRandom('order')))
  const open = async (items: readonly number[]) => {
    const { manifest, files } = await buildBundle({ events, catalogue: await catalogueOf(items) })
    return openBundle(manifest, files)
  }
  const [one, other] = [await open(range(40)), await open(range(40).reverse())]
  for (const id of range(40).map((item) => `i${item}`)) {
    const [a, b] = [one.rowOf(id)!, other.rowOf(id)!]
    for (let d = 0; d < 64; d++) {
      const value = (bundle: typeof one, row: number) =>
        bundle.table.rows[row * bundle.table.stride + d]! * bundle.table.scales[2 * row]!
      expect(Math.abs(value(one, a) - value(other, b))).toBeLessThan(0.02)
    }
  }
})

test('a day more goes on in the same rows and space: little is fetched again, and deltas give the very files', async () => {
  const random = seededRandom('a day more')
  const lines = randomLog(random, 400)
  const [before, after] = [await logOf(lines.filter((line) => line.day < 98)), await logOf(lines)]
  const first = await step({ events: before, catalogue: await catalogueOf(range(40)) })
  const catalogue = await catalogueOf(range(43))
  const second = await step({ events: after, catalogue, previous: first.path })
  expect(second.manifest.generation).toBe(first.manifest.generation)
  const bundle = openBundle(second.manifest, second.files)
  const older = openBundle(first.manifest, first.files)
  expect(range(40).map((row) => bundle.idOf(row))).toEqual(range(40).map((row) => older.idOf(row)))
  expect(
    range(43)
      .slice(40)
      .map((row) => bundle.idOf(row))
      .sort(),
  ).toEqual(['i40', 'i41', 'i42'])

  // A visitor with the older files.
  const kept = new Map(first.manifest.files.map(({ url }) => [url, first.files.get(url)!]))
  let fetched = second.files.get('manifest.json')!.length + second.files.get('availability.safetensors')!.length
  for (const { url, bytes } of second.manifest.files) {
    if (kept.has(url)) continue
    const delta = second.manifest.deltas?.find(({ to }) => to === url)
    fetched += delta?.bytes ?? bytes
    if (!delta) continue
    const made = applyDelta(kept.get(delta.from)!, second.files.get(delta.url)!, delta.size)
    expect(Buffer.compare(made, second.files.get(url)!)).toBe(0)
  }
  expect(second.manifest.deltas!.length).toBeGreaterThan(0)
  expect(second.summary.update!.again).toBe(fetched)
  const retrained = await step({ events: after, catalogue, previous: first.path, retrain: true })
  expect(retrained.summary.update!.because).toBe('a retrain was asked for')
  expect(retrained.manifest.generation).not.toBe(first.manifest.generation)
  expect(fetched).toBeLessThan(retrained.summary.update!.again)

  const again = await buildBundle({ events: after, catalogue, previous: first.path })
  expect([...again.files.keys()]).toEqual([...second.files.keys()])
  for (const [name, bytes] of second.files) expect(Buffer.compare(bytes, again.files.get(name)!)).toBe(0)

  // Who missed a build comes to the newest one by two deltas.
  const third = await step({ events: after, catalogue: await catalogueOf(range(44)), previous: second.path })
  const { deltas = [] } = third.manifest
  for (const { from } of deltas) expect(kept.has(from) || second.files.has(from)).toBe(true)
  for (const { url } of deltas) expect(third.files.has(url)).toBe(true)
})

test('the same log and catalogue again change nothing but the deltas', async () => {
  const options = { events: await logOf(randomLog(seededRandom('again'))), catalogue: await catalogueOf(range(40)) }
  const first = await step(options)
  const second = await step({ ...options, previous: first.path })
  expect(second.manifest.files).toEqual(first.manifest.files)
  expect(second.manifest.sequence).toBe(first.manifest.sequence + 1)
})

test('what is gone keeps its row and cannot be bought; when too much is gone, or items became variants, a new generation begins', async () => {
  const events = await logOf(randomLog(seededRandom('gone')))
  const first = await step({ events, catalogue: await catalogueOf(range(40)) })
  const fewer = await buildBundle({ events, catalogue: await catalogueOf(range(36)), previous: first.path })
  const bundle = openBundle(fewer.manifest, fewer.files, { availability: fewer.files.get('availability.safetensors')! })
  expect(fewer.manifest.items).toBe(40)
  for (const item of range(40)) expect(hasBit(bundle.unavailable, bundle.rowOf(`i${item}`)!)).toBe(item >= 36)
  const because = async (catalogue: string) =>
    (await buildBundle({ events, catalogue, previous: first.path })).summary.update!.because
  expect(await because(await catalogueOf(range(20)))).toBe('20 of 40 items are gone')
  expect(await because(await catalogueOf(range(40), (item) => (item < 2 ? 'both' : '')))).toBe(
    'items became variants of others',
  )
  expect(await because(await catalogueOf(range(40), (item) => (item === 3 ? 'alone' : '')))).toBeUndefined()
})

test('a row that five customers no longer speak for does not keep what they said', async () => {
  const random = seededRandom('four left')
  const lines = randomLog(random).filter(({ item }) => item !== 7)
  const fans = range(6).map((user) => ({ user: `u${2 * user + 1}@shop.example`, item: 7, day: 50 }))
  const catalogue = await catalogueOf(range(40))
  const first = await step({ events: await logOf([...lines, ...fans].sort((a, b) => a.day - b.day)), catalogue })
  const second = await step({
    events: await logOf([...lines, ...fans.slice(2)].sort((a, b) => a.day - b.day)),
    catalogue,
    previous: first.path,
  })
  const rowOf = ({ manifest, files }: BuiltBundle) => {
    const bundle = openBundle(manifest, files)
    const at = bundle.rowOf('i7')!
    const vectors = openGeneration({ manifest, files, bundle }).rowsOf('collaborative')
    return { vector: [...vectors.subarray(64 * at, 64 * at + 64)], neighbours: [...bundle.neighbours(at).rows] }
  }
  expect(rowOf(second).vector).not.toEqual(rowOf(first).vector)
  expect(rowOf(second).neighbours).toEqual([])
})

test('forgotten customers leave the very bundle that a log without them gives, whatever was before', async () => {
  const lines = randomLog(seededRandom('forget'))
  const catalogue = await catalogueOf(range(40))
  const events = await logOf(lines)
  const previous = (await step({ events, catalogue })).path
  const forget = await write('users.csv', 'name,user\nAnn,u3@shop.example\nBob,u4@shop.example\nEve,nobody\n')
  const built = await buildBundle({ events, catalogue, previous, forget })
  expect(built.summary.forgotten).toEqual({ asked: 3, found: 2 })
  expect(built.summary.update!.because).toBe('customers were forgotten')
  const left = lines.filter(({ user }) => !['u3@shop.example', 'u4@shop.example'].includes(user))
  const clean = await buildBundle({ events: await logOf(left), catalogue })
  expect(built.manifest.files).toEqual(clean.manifest.files)
  expect(formatSummary(built.summary, 'there')).toContain('2 of 3 customers to forget were in the log')
  await expect(buildBundle({ events, forget: await write('bad.csv', 'shoe size\n44\n') })).rejects.toMatchObject({
    code: 'input-column',
  })
})

test('a step tells what it costs and keeps: bytes fetched again, and quality beside a bundle that was learned anew', async () => {
  const lines = randomLog(seededRandom('measured step'), 300)
  const catalogue = await catalogueOf(range(40))
  const previous = (await step({ events: await logOf(lines.filter((line) => line.day < 99)), catalogue })).path
  const summary = await buildInto(
    join(folder, 'measured'),
    { events: await logOf(lines), catalogue, previous, measure: true },
    silent,
  )
  const { quality } = summary
  expect(quality['recall@20']).toBeGreaterThan(0)
  expect(quality['recall@20 learned anew']).toBeGreaterThan(0)
  const text = formatSummary(summary, 'there')
  expect(text).toMatch(/downloads [\d,]+ of [\d,]+ bytes again \(\d+\.\d %\)/)
  expect(text).toMatch(/keeps recall@20 at 0\.\d+, learned anew it would be 0\.\d+: a loss of -?\d+\.\d %/)
})
