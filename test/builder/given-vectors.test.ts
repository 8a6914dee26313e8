import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBundle } from '../../src/builder/build-bundle.ts'
import { readGivenVectors } from '../../src/builder/given-vectors.ts'
import { readItemVectors } from '../../src/builder/read/vectors/read-item-vectors.ts'
import { encodeTensors } from '../../src/bundle/safetensors.ts'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { addRow } from '../../src/bundle/row-vector.ts'
import { normal, type Random } from '../../src/core/random.ts'
import { seededRandom } from '../support/seed.ts'

const [items, dims] = [60, 6]
const ids = Array.from({ length: items }, (_, i) => `i${i}`)
let random: Random
let folder: string
let vectors: number[][]

beforeAll(async () => {
  random = seededRandom('given vectors')
  folder = await mkdtemp(join(tmpdir(), 'windowshop-vectors-'))
  // Numbers that every float type holds.
  vectors = ids.map(() => Array.from({ length: dims }, () => Math.round(normal(random) * 16) / 16))
})
afterAll(() => rm(folder, { recursive: true }))

/** As `numpy.save` writes it. */
function npy(rows: readonly (readonly number[])[], { type = '<f4', fortran = false, cut = 0 } = {}): Buffer {
  const width = rows[0]!.length
  const order = fortran ? rows[0]!.flatMap((_, d) => rows.map((row) => row[d]!)) : rows.flat()
  const shape = `(${rows.length}, ${width})`
  const header = `{'descr': '${type}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`
  const padded = `${header.padEnd(117)}\n`
  const data = type === '<f8' ? Float64Array.from(order) : Float32Array.from(order)
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length, 0])
  return Buffer.concat([start, Buffer.from(padded), Buffer.from(data.buffer)]).subarray(0, cut || undefined)
}

/** As PyTorch keeps them: the upper half of a float32. */
function bfloat16(tensors: Record<string, readonly (readonly number[])[]>): Buffer {
  let length = 0
  const parts: Buffer[] = []
  const header: Record<string, object> = {}
  for (const [name, rows] of Object.entries(tensors)) {
    const bits = new Uint32Array(Float32Array.from(rows.flat()).buffer)
    const part = Buffer.from(Uint16Array.from(bits, (value) => value >>> 16).buffer)
    header[name] = {
      dtype: 'BF16',
      shape: [rows.length, rows[0]!.length],
      data_offsets: [length, length + part.length],
    }
    parts.push(part)
    length += part.length
  }
  const json = Buffer.from(JSON.stringify(header))
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(json.length))
  return Buffer.concat([size, json, ...parts])
}

/** As Spark's ALS model keeps `itemFactors`. */
function parquet(numbers: readonly number[], rows: readonly (readonly number[])[]): Buffer {
  const schema = [
    { name: 'spark_schema', num_children: 2 },
    { name: 'id', type: 'INT32', repetition_type: 'REQUIRED' },
    { name: 'features', repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
  ] as const
  const columnData = [
    { name: 'id', data: [...numbers] },
    { name: 'features', data: rows.map((row) => [...row]) },
  ]
  return Buffer.from(parquetWriteBuffer({ columnData, schema: schema.map((element) => ({ ...element })) }))
}

async function write(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

test('the same vectors come from NumPy, PyTorch and Spark, each by the ids that go with them', async () => {
  const inOrder = await write('ids.csv', ['item', ...ids].join('\n'))
  const numbered = await write('numbers.csv', ['row,item', ...ids.map((id, i) => `${100 + i},${id}`)].join('\n'))
  const parts = join(folder, 'itemFactors')
  await mkdir(parts)
  const half = items / 2
  const numbers = ids.map((_, i) => 100 + i)
  await writeFile(join(parts, 'part-0.parquet'), parquet(numbers.slice(0, half), vectors.slice(0, half)))
  await writeFile(join(parts, 'part-1.parquet'), parquet(numbers.slice(half), vectors.slice(half)))
  await writeFile(join(parts, '_SUCCESS'), '')
  const single = encodeTensors({ w: { shape: [items, dims], data: Float32Array.from(vectors.flat()) } })
  const two = bfloat16({ users: [[1, 2]], 'item.weight': vectors })
  const cases = [
    { file: await write('c.npy', npy(vectors)), ids: inOrder },
    { file: await write('f.npy', npy(vectors, { fortran: true, type: '<f8' })), ids: inOrder },
    { file: await write('one.safetensors', single), ids: inOrder },
    { file: `${await write('two.safetensors', two)}#item.weight`, ids: inOrder },
    { file: parts, ids: numbered },
  ]
  for (const given of cases) {
    const { of, dims: width } = await readItemVectors({ ...given, map: {} })
    expect(width).toBe(dims)
    for (const [i, id] of ids.entries()) expect([...of(id)!], given.file).toEqual(vectors[i])
    expect(of('nobody')).toBeUndefined()
  }
  // Without a table, what the file itself says.
  expect([...(await readItemVectors({ file: parts, map: {} })).of('101')!]).toEqual(vectors[1])
  expect([...(await readItemVectors({ file: cases[0]!.file, map: {} })).of('1')!]).toEqual(vectors[1])
})

test('what is broken is refused with a code and a place', async () => {
  const read = (file: string, table?: string) => readItemVectors({ file, ids: table, map: {} })
  const refused = async (code: string, file: string, table?: string) =>
    expect(read(file, table), file).rejects.toMatchObject({ code })
  await refused('input-missing', join(folder, 'none.npy'))
  await refused('input-format', await write('text.npy', 'no array at all'))
  await refused('input-format', await write('cut.npy', npy(vectors, { cut: 200 })))
  await refused('input-format', await write('ints.npy', npy(vectors, { type: '<i4' })))
  await refused('input-format', await write('many.safetensors', bfloat16({ a: vectors, b: vectors })))
  await refused('input-format', await write('short.safetensors', bfloat16({ a: vectors }).subarray(0, 200)))
  await refused('input-number', await write('nan.npy', npy([...vectors.slice(1), [1, 2, NaN, 4, 5, 6]])))
  await refused('input-column', await write('flat.parquet', flatParquet()))
  await refused('input-number', await write('ragged.parquet', parquet([1, 2], [[1, 2], [1]])))
  await refused('input-format', await write('broken.parquet', 'PAR1 and nothing of it'))
  const file = await write('good.npy', npy(vectors))
  await refused('input-column', file, await write('wrong.csv', 'a,b\n1,2\n'))
  await expect(readGivenVectors({ factors: file })).rejects.toMatchObject({ code: 'option-invalid' })
  await expect(readGivenVectors({ embeddingsIds: file })).rejects.toMatchObject({ code: 'option-invalid' })
})

function flatParquet(): Buffer {
  return Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'id', data: [1], type: 'INT32' }] }))
}

/** Twenty customers who each buy ten items; the last item has one customer alone. */
async function shopFiles(): Promise<{ events: string; catalogue: string }> {
  const lines = ids.flatMap((item, i) =>
    Array.from(
      { length: i === items - 1 ? 1 : 6 },
      (_, n) => `u${(i + 3 * n) % 20},${item},2026-01-0${1 + (n % 9)},purchase`,
    ),
  )
  const events = await write('events.csv', ['user,item,time,event', ...lines].join('\n'))
  const rows = ids.map((id, i) => `${id},${['oak', 'pine', 'fir'][i % 3]} ${['table', 'chair'][i % 2]}`)
  return { events, catalogue: await write('catalogue.csv', ['id,title', ...rows].join('\n')) }
}

test('factors that are given take the place of learned ones, but for items of fewer than five customers', async () => {
  const shop = await shopFiles()
  const file = await write('factors.npy', npy(vectors))
  const table = await write('of.csv', ['item', ...ids].join('\n'))
  const flags = { ...shop, factors: file, factorsIds: table, factorsKind: 'vectors' } as const
  const { manifest, files, summary } = await buildBundle({ ...shop, ...(await readGivenVectors(flags)) })
  const bundle = openBundle(manifest, files)
  expect(manifest.segments).toContainEqual({ name: 'collaborative', dims })
  expect(summary.predicted).toBe(1)
  const cosines = ids.map((id, i) => {
    const row = rowOf(bundle, id).slice(0, dims)
    return dot(row, vectors[i]!) / Math.sqrt(dot(row, row) * dot(vectors[i]!, vectors[i]!))
  })
  for (const cosine of cosines.slice(0, -1)) expect(cosine).toBeGreaterThan(0.999)
  expect(cosines.at(-1)).toBeLessThan(0.999)
})

test('other vectors of the items become part of the content: what they call alike is alike', async () => {
  const { catalogue } = await shopFiles()
  // Two kinds of pictures, whatever the titles say, far from zero as image encoders' are.
  const pictures = ids.map((_, i) =>
    Array.from({ length: 40 }, (_, d) => 3 + normal(random) * 0.1 + (d % 2 === i % 2 ? 1 : 0)),
  )
  const file = await write('images.npy', npy(pictures.slice(0, -1)))
  const table = await write('of.csv', ['item', ...ids.slice(0, -1)].join('\n'))
  const build = async (more: object) => {
    const { manifest, files } = await buildBundle({ catalogue, ...more })
    return openBundle(manifest, files)
  }
  const plain = await build({})
  const bundle = await build(await readGivenVectors({ embeddings: file, embeddingsIds: table }))
  const content = (id: string, of = bundle) => rowOf(of, id)
  const alike = (a: string, b: string, of = bundle) => {
    const [x, y] = [content(a, of), content(b, of)]
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))
  }
  // i0 and i4 share pictures' kind and no wood; i0 and i3 share the wood alone.
  expect(alike('i0', 'i4')).toBeGreaterThan(alike('i0', 'i4', plain))
  expect(alike('i0', 'i3')).toBeLessThan(alike('i0', 'i3', plain))
  // Words point at what looks like the items that they name; an item without a picture has words alone.
  const query = bundle.textVector('oak')!
  expect(query.length).toBe(content('i0').length)
  expect(dot([...query], content('i0'))).toBeGreaterThan(dot([...query], content('i1')))
  expect(
    content(ids.at(-1)!)
      .slice(64)
      .every((value) => value === 0),
  ).toBe(true)
})

/** An item's numbers, all segments side by side. */
function rowOf({ table, rowOf }: Bundle, id: string): number[] {
  const vector = new Float64Array(table.dims.reduce((sum, own) => sum + own, 0))
  addRow(table, rowOf(id)!, 1, vector)
  return [...vector]
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}
