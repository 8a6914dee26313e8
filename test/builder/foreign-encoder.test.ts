import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBundle } from '../../src/builder/build-bundle.ts'
import { defaultLearning } from '../../src/builder/learn/learning-settings.ts'
import { readForeignEncoder } from '../../src/builder/read-foreign-encoder.ts'
import { generateShop } from '../../src/builder/sample/generate-shop.ts'
import { writeShop } from '../../src/builder/sample/write-shop.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { decodeWeights } from '../../src/models/decode-weights.ts'
import { featureNames } from '../../src/models/event-features.ts'
import { openEncoder } from '../../src/models/open-encoder.ts'
import { createPlainEncoder } from '../../src/models/plain-encoder.ts'
import { readModel } from '../../src/models/read-model.ts'
import { writeModel } from '../../src/models/write-model.ts'
import { randomEncoder, randomInput } from '../models/random-encoder.ts'
import { seededRandom } from '../support/seed.ts'

const random = seededRandom('foreign encoder')
const dims = 16
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-foreign-'))
  await writeShop(generateShop({ items: 120, shoppers: 300, seed: 4 }), join(folder, 'shop'), { pictures: false })
})
afterAll(() => rm(folder, { recursive: true }))

interface Recorded {
  length: number
  rows: number[][]
  features: number[][]
  attention: number[]
}

/** Somebody's model in a folder, its weights cut into two files; and what it says to one session. */
async function writeForeign() {
  const encoder = randomEncoder(random, dims)
  const { weights, json } = writeModel(encoder.weights, encoder.shape)
  const cut = Math.floor(weights.length / 2)
  await writeFile(join(folder, 'group1-shard1of2.bin'), weights.subarray(0, cut))
  await writeFile(join(folder, 'group1-shard2of2.bin'), weights.subarray(cut))
  await writeFile(join(folder, 'model.json'), JSON.stringify(json(['group1-shard1of2.bin', 'group1-shard2of2.bin'])))
  const input = randomInput(random, encoder.shape)
  const chunks = (values: Iterable<number>, width: number) => {
    const all = [...values]
    return Array.from({ length: input.events }, (_, i) => all.slice(i * width, (i + 1) * width))
  }
  const attention = await createPlainEncoder(encoder.weights, encoder.shape).attend(input)
  const record: Recorded = {
    length: encoder.shape.length,
    rows: chunks(input.rows, dims),
    features: chunks(input.features, featureNames.length),
    attention: [...attention],
  }
  return { encoder, input, record }
}

async function read(record: unknown) {
  await writeFile(join(folder, 'record.json'), JSON.stringify(record))
  return readForeignEncoder(join(folder, 'model.json'), join(folder, 'record.json'))
}

describe("somebody else's encoder", () => {
  test('ships in the bundle as it is, and attends there as it did', async () => {
    const { encoder, input, record } = await writeForeign()
    const options = { events: join(folder, 'shop/events.jsonl'), catalogue: join(folder, 'shop/catalogue.csv') }
    const collaborative = { ...defaultLearning.collaborative, dims }
    const { manifest, files } = await buildBundle({
      ...options,
      learning: { ...defaultLearning, collaborative },
      encoder: await read(record),
    })
    expect(manifest.encoder).toMatchObject({ kind: 'foreign', length: encoder.shape.length })
    const shipped = createPlainEncoder(decodeWeights(readModel(manifest, files), encoder.shape), encoder.shape)
    for (const [i, share] of (await shipped.attend(input)).entries()) expect(share).toBeCloseTo(record.attention[i]!, 3)
    const tensorFlow = () => import('../../src/models/late-tensorflow.ts')
    expect(await openEncoder(openBundle(manifest, files), files, tensorFlow)).toBeDefined()
    await expect(buildBundle({ ...options, encoder: await read(record) })).rejects.toMatchObject({
      code: 'model-wrong',
    })
  })

  test('that does not say again what it said is refused, and so is a record that makes no sense', async () => {
    const { record } = await writeForeign()
    const attention = record.attention.map((share, i) => (i === 0 ? share + 0.01 : share))
    await expect(read({ ...record, attention })).rejects.toMatchObject({ code: 'model-wrong' })
    await expect(read({ ...record, attention: [] })).rejects.toMatchObject({ code: 'input-format' })
    await expect(read({ ...record, features: record.features.map(() => [1]) })).rejects.toMatchObject({
      code: 'input-format',
    })
    await expect(read({ ...record, length: 0 })).rejects.toMatchObject({ code: 'input-format' })
    await expect(read('nothing')).rejects.toMatchObject({ code: 'input-format' })
    await rm(join(folder, 'group1-shard2of2.bin'))
    await expect(read(record)).rejects.toMatchObject({ code: 'input-missing' })
  })
})
