import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inverse, Matrix } from 'ml-matrix'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBundle } from '../../src/builder/build-bundle.ts'
import { bareItem } from '../../src/builder/catalogue.ts'
import { addEmbeddings } from '../../src/builder/learn/add-embeddings.ts'
import { addNgrams } from '../../src/builder/learn/add-ngrams.ts'
import { fitTokens } from '../../src/builder/learn/fit-tokens.ts'
import { sparseFromRows } from '../../src/builder/learn/sparse.ts'
import { learnTextVectors } from '../../src/builder/learn/text-vectors.ts'
import { measureSearch } from '../../src/builder/measure-search.ts'
import { shopOf } from '../../src/builder/open-shop.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { normal } from '../../src/core/random.ts'
import { ngrams, words } from '../../src/core/words.ts'
import { between, seededRandom } from '../support/seed.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-search-'))
})

afterAll(() => rm(folder, { recursive: true }))

test('texts are cut into words in every script, and words into n-grams that no word is', () => {
  expect(words('Zelt für 2, ULTRA-leicht')).toEqual(['zelt', 'für', '2', 'ultra', 'leicht'])
  expect(words('双人帐篷')).toContain('帐篷')
  expect(words('2人用テント')).toContain('テント')
  // A vowel sign belongs to its letter.
  expect(words('कपड़ा חולצה')).toEqual(['कपड़ा'.normalize('NFKC'), 'חולצה'])
  expect(ngrams('tent')).toEqual(['~<te', '~ten', '~ent', '~nt>'])
  expect(words(ngrams('tent').join(' '))).not.toContain('~ten')
})

test('fitted tokens are those of ridge regression in closed form', () => {
  const random = seededRandom('fitted tokens')
  const [texts, tokens, dims, ridge] = [40, 12, 5, 0.5]
  const maps = Array.from(
    { length: texts },
    () => new Map(Array.from({ length: 4 }, () => [between(random, 0, tokens - 1), normal(random)] as const)),
  )
  const vectors = Float64Array.from({ length: texts * dims }, () => normal(random))
  const fitted = fitTokens(sparseFromRows(maps, tokens), vectors, { dims, ridge })

  const x = Matrix.zeros(texts, tokens)
  for (const [row, map] of maps.entries()) for (const [column, value] of map) x.set(row, column, value)
  const y = Matrix.from1DArray(texts, dims, vectors)
  const exact = inverse(x.transpose().mmul(x).add(Matrix.eye(tokens).mul(ridge))).mmul(x.transpose().mmul(y))
  for (const [i, value] of exact.to1DArray().entries()) expect(fitted[i]).toBeCloseTo(value, 5)
})

test('a word and what it was mistaken for point the same way', () => {
  const stems = ['blanket', 'lantern', 'bottle', 'compass', 'hammock', 'jacket']
  const known = stems.flatMap((stem) => [stem, `${stem}s`, `mini${stem}`])
  const dims = stems.length
  const directions = stems.map((_, at) => stems.map((__, d) => (d === at ? 1 : 0)))
  const rows = Float64Array.from(known.flatMap((_, at) => directions[Math.floor(at / 3)]!))
  const terms = addNgrams({ words: known, rows }, dims)
  const vectorOf = (word: string) => {
    const places = ngrams(word).flatMap((ngram) => (terms.words.includes(ngram) ? [terms.words.indexOf(ngram)] : []))
    return directions[0]!.map((_, d) => places.reduce((sum, place) => sum + terms.rows[place * dims + d]!, 0))
  }
  for (const [at, wrong] of ['blankett', 'lantren', 'botle', 'compas', 'hammok', 'jaket'].entries()) {
    const near = vectorOf(wrong)
    expect(near.indexOf(Math.max(...near)), wrong).toBe(at)
  }
  expect(terms.words.slice(0, known.length)).toEqual(known)
  expect(Float64Array.from(terms.rows).slice(0, rows.length)).toEqual(rows)
})

test('words point at what the items that they name look like', () => {
  const random = seededRandom('words of pictures')
  const items = Array.from({ length: 40 }, (_, i) => bareItem(`${i}`, { title: `${i % 2 ? 'blue' : 'red'} mug` }))
  const pictures = items.map((_, i) =>
    Float32Array.from({ length: 6 }, (__, d) => normal(random) * 0.1 + (d % 2 === i % 2 ? 1 : 0)),
  )
  const texts = learnTextVectors(items, { dims: 4, seed: 1 })
  const { dims, rows, terms } = addEmbeddings(texts, pictures, { dims: 2, share: 0.5, seed: 1 })
  // The part of the pictures alone, which stands behind that of the texts.
  const likeness = (word: string, row: number) => {
    const at = terms.words.indexOf(word) * dims
    return [4, 5].reduce((sum, d) => sum + terms.rows[at + d]! * rows[row * dims + d]!, 0)
  }
  for (const row of items.keys()) {
    const [own, other] = row % 2 ? ['blue', 'red'] : ['red', 'blue']
    expect(likeness(own!, row)).toBeGreaterThan(0)
    expect(likeness(other!, row)).toBeLessThan(0)
  }
})

test('a bundle finds by words, by mistaken ones too, and says how well', async () => {
  const random = seededRandom('search')
  const kinds = ['tent', 'blanket', 'lantern', 'bottle', 'compass', 'hammock', 'jacket', 'saddle']
  const makes = ['walnut', 'copper', 'merino', 'canvas', 'bamboo', 'ceramic', 'granite', 'leather']
  const lines = kinds.flatMap((kind, k) =>
    makes.flatMap((make, m) => Array.from({ length: 3 }, (_, i) => `${k}-${m}-${i},${make} ${kind},${9 + random()}`)),
  )
  const catalogue = join(folder, 'catalogue.csv')
  await writeFile(catalogue, ['id,title,price', ...lines].join('\n'))
  const { manifest, files } = await buildBundle({ catalogue, measure: true })
  const shop = await shopOf(openBundle(manifest, files), files)
  const titles = Array.from({ length: manifest.items }, (_, row) => shop.bundle.card(row).title)
  const measured = await measureSearch(shop, titles, 1)
  expect(measured.searches).toBe(titles.length)
  expect(measured.words).toBeGreaterThan(0.95)
  expect(measured.mistaken).toBeGreaterThan(0.6)
  expect(manifest.quality).toMatchObject({
    'search recall@20 by two words of a title': Math.round(measured.words * 1e4) / 1e4,
    'search recall@20 with a letter mistaken in each': Math.round(measured.mistaken * 1e4) / 1e4,
  })

  // Without the n-grams, what is mistaken is not found: the share that is left is of words that were mistaken for others.
  const textVector = (query: string) => {
    const plain = words(query).filter((word) => kinds.includes(word) || makes.includes(word))
    return plain.length > 0 ? shop.bundle.textVector(plain.join(' ')) : undefined
  }
  const without = await measureSearch({ ...shop, bundle: { ...shop.bundle, textVector } }, titles, 1)
  expect(without.words).toBe(measured.words)
  expect(without.mistaken).toBeLessThan(0.1)
})
