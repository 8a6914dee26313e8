import { describe, expect, test } from 'vitest'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packAvailability, packBundle } from '../../src/bundle/pack.ts'
import { parseManifest } from '../../src/bundle/manifest.ts'
import { verifyFile } from '../../src/bundle/verify-file.ts'
import { createBitmask, hasBit, setBit } from '../../src/core/bitmask.ts'
import { WindowshopError } from '../../src/errors.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('bundle')

describe('a packed bundle', () => {
  test('opens to what went in, to the precision of int8', async () => {
    const input = randomPackInput({ items: 300, head: 40, random })
    const { manifest, files } = await packBundle(input)
    const bundle = openBundle(manifest, files)
    expect(bundle.table.items).toBe(300)
    for (const row of [0, 7, 39, 40, 299]) {
      const price = input.prices[row]!
      expect(bundle.card(row)).toEqual({
        id: input.ids[row],
        title: input.titles[row],
        url: input.urls[row],
        currency: 'EUR',
        ...(input.images[row] && { image: input.images[row] }),
        ...(!Number.isNaN(price) && { price }),
        ...(input.brands[row] && { brand: input.brands[row] }),
        ...(input.categories[row] && { category: input.categories[row] }),
      })
      expect(bundle.rowOf(input.ids[row]!)).toBe(row)
      expect([...bundle.neighbours(row).rows]).toEqual([...input.neighbours.rows.subarray(row * 3, row * 3 + 3)])
    }
    let column = 0
    for (const [s, { dims, rows }] of input.segments.entries()) {
      for (let row = 0; row < 300; row++) {
        const scale = bundle.table.scales[row * 2 + s]!
        for (let d = 0; d < dims; d++) {
          const value = scale * bundle.table.rows[row * bundle.table.stride + column + d]!
          expect(Math.abs(value - rows[row * dims + d]!)).toBeLessThanOrEqual(scale * 0.5000001)
        }
      }
      column += dims
    }
    expect(bundle.rowOf('item-300')).toBeUndefined()
    expect(bundle.rowOf('variant-42-b')).toBe(42)
    expect(bundle.rowOf('variant-43-a')).toBeUndefined()
    expect(bundle.textVector('A LAMP, please')).toEqual(bundle.textVector('lamp'))
    expect(bundle.textVector('nothing known')).toBeUndefined()
  })

  test('opens from the files of the head alone, with only its rows', async () => {
    const { manifest, files } = await packBundle(randomPackInput({ items: 120, head: 30, random }))
    const head = new Map(manifest.files.filter((file) => file.tier === 'head').map(({ url }) => [url, files.get(url)!]))
    const bundle = openBundle(manifest, head)
    expect(bundle.table.items).toBe(30)
    expect(bundle.rowOf('item-29')).toBe(29)
    expect(bundle.rowOf('item-30')).toBeUndefined()
  })

  test('is the same to the byte for the same input, and every file carries its hash', async () => {
    const input = randomPackInput({ items: 90, head: 10, random })
    const [first, second] = [await packBundle(input), await packBundle(input)]
    expect([...second.files]).toEqual([...first.files])
    for (const file of first.manifest.files) await verifyFile(file, first.files.get(file.url)!)
    await expect(verifyFile(first.manifest.files[0]!, new Uint8Array(3))).rejects.toMatchObject({
      code: 'bundle-length',
    })
    const [file] = first.manifest.files
    const altered = first.files.get(file!.url)!.slice()
    altered[between(random, 0, altered.length - 1)]! ^= 1 << between(random, 0, 7)
    await expect(verifyFile(file!, altered)).rejects.toMatchObject({ code: 'bundle-hash' })
  })

  test('cuts tables into shards of at most 4 MB', async () => {
    const { manifest, files } = await packBundle(randomPackInput({ items: 50_000, head: 500, dims: [128, 64], random }))
    const tables = manifest.files.filter((file) => file.role === 'items' && file.tier === 'table')
    expect(tables.length).toBeGreaterThan(1)
    for (const { url } of manifest.files) expect(files.get(url)!.length).toBeLessThanOrEqual(4 << 20)
    expect(openBundle(manifest, files).idOf(49_999)).toBe('item-49999')
  })

  test('takes prices and sold-out rows from the availability of its generation only', async () => {
    const input = randomPackInput({ items: 70, head: 70, random })
    const { manifest, files } = await packBundle(input)
    const unavailable = createBitmask(70)
    setBit(unavailable, 69)
    const changedPrices = new Map([[3, 12.5]])
    const availability = packAvailability({ ...input, unavailable, changedPrices })
    const bundle = openBundle(manifest, files, { availability })
    expect(hasBit(bundle.unavailable, 69)).toBe(true)
    expect(bundle.card(3).price).toBe(12.5)
    const without = packAvailability({ ...input, changedPrices: new Map([[3, -1]]) })
    expect(openBundle(manifest, files, { availability: without }).card(3)).not.toHaveProperty('price')
    const other = packAvailability({ ...input, generation: 'f'.repeat(16), unavailable })
    expect(hasBit(openBundle(manifest, files, { availability: other }).unavailable, 69)).toBe(false)
  })
})

describe('a broken bundle', () => {
  test('is refused with a code, whichever byte of a header is altered', async () => {
    const { manifest, files } = await packBundle(randomPackInput({ items: 20, random }))
    const [url] = [...files.keys()].filter((name) => name.startsWith('head'))
    for (let run = 0; run < 2000; run++) {
      const bytes = files.get(url!)!.slice()
      const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))
      bytes[between(random, 0, headerEnd - 1)] = between(random, 0, 255)
      try {
        openBundle(manifest, new Map([...files, [url!, bytes]]))
      } catch (error) {
        expect(error).toBeInstanceOf(WindowshopError)
      }
    }
  })

  test('is refused when it is cut off at any offset', async () => {
    const { manifest, files } = await packBundle(randomPackInput({ items: 20, random }))
    const [url] = [...files.keys()].filter((name) => name.startsWith('head'))
    const bytes = files.get(url!)!
    for (let run = 0; run < 200; run++) {
      const cut = new Map([...files, [url!, bytes.slice(0, between(random, 0, bytes.length - 1))]])
      expect(() => openBundle(manifest, cut)).toThrow(WindowshopError)
    }
  })

  test('with numbers that are not finite is refused', async () => {
    const { manifest, files } = await packBundle(randomPackInput({ items: 20, random }))
    const [url] = [...files.keys()].filter((name) => name.startsWith('head'))
    for (const value of [Number.NaN, Infinity, 1e-40]) {
      const bytes = files.get(url!)!.slice()
      const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))
      const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, headerEnd)))
      new DataView(bytes.buffer).setFloat32(headerEnd + header.scales.data_offsets[0], value, true)
      expect(() => openBundle(manifest, new Map([...files, [url!, bytes]]))).toThrow(/bundle-numbers/)
    }
  })

  test.each([
    ['no JSON', 'x', 'bundle-malformed'],
    ['another format', '{"format":"windowshop/9"}', 'bundle-version'],
    ['an array', '[]', 'bundle-malformed'],
    ['too long', ' '.repeat(2_000_000), 'bundle-limits'],
  ])('manifest: %s', (_, json, code) => {
    expect(() => parseManifest(json)).toThrow(expect.objectContaining({ code }))
  })

  test('manifests with impossible sizes, paths or ranges are refused before anything is allocated', async () => {
    const { files } = await packBundle(randomPackInput({ items: 60, head: 20, random }))
    const good = new TextDecoder().decode(files.get('manifest.json'))
    const paths = Object.entries({
      items: [0, -1, 1.5, 2 ** 31, null, '60', 59],
      head: [0, 61, -5],
      dtype: ['float32'],
      segments: [
        [],
        [{ name: 'collaborative', dims: 0 }],
        [{ name: 'x', dims: 4 }],
        [{ name: 'content', dims: 2 ** 31 }],
      ],
      files: [[], 'x', [{ url: '../x', bytes: 1, sha256: 'a'.repeat(64), role: 'items', tier: 'head' }]],
      currency: ['euro', 1],
    })
    for (const [field, values] of paths) {
      for (const value of values) {
        expect(
          () => parseManifest(JSON.stringify({ ...JSON.parse(good), [field]: value })),
          `${field}: ${value}`,
        ).toThrow(WindowshopError)
      }
    }
    const large = JSON.parse(good)
    large.items = large.files.find((file: { tier: string }) => file.tier === 'table').to = 2 ** 24
    large.files.find((file: { tier: string }) => file.tier === 'display').to = 2 ** 24
    expect(() => parseManifest(JSON.stringify(large)), 'more rows than bytes').toThrow(/bundle-/)
    for (const halfLifeDays of [0, 1e-5, -1, null]) {
      const { settings } = JSON.parse(good)
      const json = JSON.stringify({ ...JSON.parse(good), settings: { ...settings, halfLifeDays } })
      expect(() => parseManifest(json), `half-life ${halfLifeDays}`).toThrow(WindowshopError)
    }
    const bad = JSON.parse(good)
    for (const url of ['../evil', 'https://elsewhere.example/x', '/root', 'a/b', '..', 'x..y']) {
      bad.files[0].url = url
      expect(() => parseManifest(JSON.stringify(bad)), url).toThrow(WindowshopError)
    }
  })
})
