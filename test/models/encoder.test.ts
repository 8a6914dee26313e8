import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Manifest } from '../../src/bundle/manifest.ts'
import { packBundle } from '../../src/bundle/pack.ts'
import { WindowshopError } from '../../src/errors.ts'
import { decodeWeights } from '../../src/models/decode-weights.ts'
import { openForeign } from '../../src/models/foreign-encoder.ts'
import { createPlainEncoder } from '../../src/models/plain-encoder.ts'
import { readModel } from '../../src/models/read-model.ts'
import { writeModel } from '../../src/models/write-model.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { between, seededRandom } from '../support/seed.ts'
import { expectAlike, referenceAttention } from './reference-attention.ts'
import { randomEncoder, randomInput, type EncoderCase } from './random-encoder.ts'

const random = seededRandom('encoder')

beforeAll(() => tf.setBackend('cpu'))

/** A bundle that ships the encoder. */
async function ship({ weights, shape }: EncoderCase) {
  const input = randomPackInput({ items: 20, dims: [shape.dims, 8], random })
  const model = writeModel(weights, shape)
  return packBundle({ ...input, encoder: { kind: 'windowshop', length: shape.length, ...model } })
}

describe('the plain twin', () => {
  test('attends as the TensorFlow.js definition does', async () => {
    for (let run = 0; run < 30; run++) {
      const encoder = randomEncoder(random)
      const input = randomInput(random, encoder.shape)
      const got = await createPlainEncoder(encoder.weights, encoder.shape).attend(input)
      expectAlike(got, referenceAttention(encoder, input))
    }
  })

  test('spreads an attention of one over the events, all of it to an only one', async () => {
    const encoder = randomEncoder(random)
    const twin = createPlainEncoder(encoder.weights, encoder.shape)
    for (let run = 0; run < 20; run++) {
      const input = randomInput(random, encoder.shape)
      const shares = await twin.attend(input)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
      if (input.events === 1) expect([...shares]).toEqual([1])
    }
  })
})

describe('a shipped encoder', () => {
  test('comes out of a bundle as it went in, to 16 bits', async () => {
    for (let run = 0; run < 5; run++) {
      const encoder = randomEncoder(random)
      const { manifest, files } = await ship(encoder)
      const decoded = decodeWeights(readModel(manifest, files), encoder.shape)
      for (const name of ['own', 'last', 'features', 'attention'] as const) {
        const written = encoder.weights[name]
        const span = written.reduce((a, b) => Math.max(a, b)) - written.reduce((a, b) => Math.min(a, b))
        expect(decoded[name].length).toBe(written.length)
        for (const [i, value] of decoded[name].entries())
          expect(Math.abs(value - written[i]!)).toBeLessThan(span / 131_000 + 1e-6)
      }
    }
  })

  test('is a graph model that any TensorFlow.js runs, to the same attention', async () => {
    for (let run = 0; run < 5; run++) {
      const encoder = randomEncoder(random)
      const { manifest, files } = await ship(encoder)
      const artifacts = readModel(manifest, files)
      const graph = await openForeign(artifacts, encoder.shape)
      const twin = createPlainEncoder(decodeWeights(artifacts, encoder.shape), encoder.shape)
      for (let session = 0; session < 5; session++) {
        const input = randomInput(random, encoder.shape)
        expectAlike(await graph.attend(input), await twin.attend(input))
      }
      graph.close()
    }
  })
})

describe('a broken or hostile model', () => {
  const json = (files: ReadonlyMap<string, Uint8Array>, manifest: Manifest) =>
    JSON.parse(new TextDecoder().decode(files.get(manifest.encoder!.model))) as Record<string, unknown>

  test('is refused with a code, whatever a byte of model.json becomes', async () => {
    const encoder = randomEncoder(random, 8)
    const { manifest, files } = await ship(encoder)
    const url = manifest.encoder!.model
    for (let run = 0; run < 1000; run++) {
      const bytes = files.get(url)!.slice()
      bytes[between(random, 0, bytes.length - 1)] = between(random, 0, 255)
      try {
        decodeWeights(readModel(manifest, new Map([...files, [url, bytes]])), encoder.shape)
      } catch (error) {
        expect(error).toBeInstanceOf(WindowshopError)
      }
    }
  })

  const groups = (model: Record<string, unknown>) =>
    model['weightsManifest'] as {
      paths: string[]
      weights: { shape: unknown; dtype: string; quantization: unknown }[]
    }[]
  test.each<[string, string, (model: Record<string, unknown>) => void]>([
    ['no format', 'bundle-malformed', (model) => delete model['format']],
    ['no topology', 'bundle-malformed', (model) => (model['modelTopology'] = 'x')],
    ['weights elsewhere', 'bundle-unreachable', (model) => (groups(model)[0]!.paths = ['https://elsewhere.example/w'])],
    [
      'weights that are no file of weights',
      'bundle-unreachable',
      (model) => (groups(model)[0]!.paths = ['manifest.json']),
    ],
    ['weights twice', 'bundle-malformed', (model) => groups(model)[0]!.paths.push(groups(model)[0]!.paths[0]!)],
    ['a shape beyond the file', 'bundle-malformed', (model) => (groups(model)[0]!.weights[0]!.shape = [8, 9])],
    ['a shape beyond memory', 'bundle-limits', (model) => (groups(model)[0]!.weights[0]!.shape = [2 ** 25, 2 ** 25])],
    ['a negative shape', 'bundle-malformed', (model) => (groups(model)[0]!.weights[0]!.shape = [-8, 8])],
    ['an unknown type', 'bundle-malformed', (model) => (groups(model)[0]!.weights[0]!.dtype = 'complex64')],
    ['no weights', 'bundle-malformed', (model) => (model['weightsManifest'] = [])],
    [
      'numbers that overflow',
      'bundle-numbers',
      (model) => (groups(model)[0]!.weights[0]!.quantization = { dtype: 'uint16', scale: 1e300, min: 0 }),
    ],
  ])('with %s is refused', async (_, code, change) => {
    const encoder = randomEncoder(random, 8)
    const { manifest, files } = await ship(encoder)
    const model = json(files, manifest)
    change(model)
    const changed = new Map([...files, [manifest.encoder!.model, new TextEncoder().encode(JSON.stringify(model))]])
    expect(() => decodeWeights(readModel(manifest, changed), encoder.shape)).toThrow(expect.objectContaining({ code }))
  })

  test('that fails, or answers something else than one finite number an event, is refused before it serves', async () => {
    const encoder = randomEncoder(random, 8)
    const { manifest, files } = await ship(encoder)
    const artifacts = readModel(manifest, files)
    const nodes = (artifacts.topology as { node: { name: string; op: string; input?: string[] }[] }).node
    const without = (change: (node: (typeof nodes)[number]) => object) => ({
      ...artifacts,
      topology: { ...artifacts.topology, node: nodes.map((node) => ({ ...node, ...change(node) })) },
    })
    const [softmax] = nodes.filter(({ name }) => name === 'attention')
    const notANumber = {
      ...artifacts,
      topology: {
        ...artifacts.topology,
        node: [
          ...nodes.filter((node) => node !== softmax),
          { ...softmax, name: 'shares' },
          { ...softmax, name: 'minus', op: 'Neg', input: ['shares'] },
          { ...softmax, op: 'Log', input: ['minus'] },
        ],
      },
    }
    const broken = [
      without(({ name }) => (name === 'attention' ? { name: 'another' } : {})),
      notANumber,
      without(({ name }) => (name === 'attention' ? { input: ['keys'] } : {})),
      without(({ name }) => (name === 'keys' ? { op: 'NoSuchOperation' } : {})),
      { ...artifacts, format: 'layers-model' as const },
    ]
    for (const model of broken) {
      await expect(openForeign(model, encoder.shape)).rejects.toMatchObject({ code: 'model-wrong' })
    }
  })
})
