import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { ManifestFile } from '../../src/bundle/manifest.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packBundle } from '../../src/bundle/pack.ts'
import { decodeTensors, encodeTensors, type Tensor, type TensorData } from '../../src/bundle/safetensors.ts'
import { createRandom, type Random } from '../../src/core/random.ts'
import { WindowshopError } from '../../src/errors.ts'
import { download } from '../../workers/download.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'
import { pick } from './hostile-values.ts'

type Tensors = Record<string, Tensor>

/** Breaks the shard in one place; each must be refused. */
const breaks: Record<string, (tensors: Tensors, random: Random) => void> = {
  'NaN in scales': (tensors, random) => put(tensors, 'scales', random, Number.NaN),
  'Infinity in scales': (tensors, random) => put(tensors, 'scales', random, Infinity),
  'a denormal scale': (tensors, random) => put(tensors, 'scales', random, 1e-40),
  'a huge scale': (tensors, random) => put(tensors, 'scales', random, 1e30),
  'a negative scale': (tensors, random) => put(tensors, 'scales', random, -1),
  '-128 in rows': (tensors, random) => put(tensors, 'rows', random, -128),
  'Infinity in prices': (tensors, random) => put(tensors, 'price', random, -Infinity),
  'a category out of range': (tensors, random) => put(tensors, 'category', random, 1e9),
  'a brand out of range': (tensors, random) => put(tensors, 'brand', random, 4_294_967_295),
  'a neighbour out of range': (tensors, random) => put(tensors, 'neighbour.rows', random, 60 + between(random, 0, 1e9)),
  'more neighbours than rows of them': (tensors, random) => put(tensors, 'neighbour.counts', random, 255),
  'an id twice': ({ 'id.text': text, 'id.lengths': lengths }) => {
    const [first, second] = lengths!.data
    const bytes = text!.data as Uint8Array
    bytes.copyWithin(first!, 0, Math.min(first!, second!))
  },
  'lengths beyond the text': (tensors, random) => put(tensors, 'id.lengths', random, 65_535),
  'a column left out': (tensors, random) => void delete tensors[pick(random, ['rows', 'scales', 'price', 'id.text'])],
  'a column of another type': (tensors) => {
    tensors['scales'] = { shape: tensors['scales']!.shape, data: new Uint32Array(tensors['scales']!.data.length) }
  },
  'a column of another shape': (tensors) => {
    const { data } = tensors['rows']!
    tensors['rows'] = { shape: [data.length], data }
  },
}

/** A shard with numbers that would poison scores, indices that lead outside, or bytes that grow when unpacked. */
export const badTables: FaultRow = {
  id: 'bad-tables',
  kind: 'bad input',
  fault: 'tables with NaN, Infinity, denormals, huge norms, ids twice, indices out of range; compressed bombs',
  holds: 'refused with a code; no more is read than the manifest declares',
  runs: { test: 100, ci: 1000, release: 10_000 },

  async open() {
    const { manifest, files } = await packBundle(randomPackInput({ items: 60, head: 20, random: createRandom(7) }))
    const shards = manifest.files.filter(({ role, tier }) => role === 'items' && tier !== 'display')
    const bombs = await serveBombs()
    const kinds = Object.keys(breaks)

    return {
      async run(random, n) {
        if (n % 10 === 9) return bombs.refused(random)
        const kind = kinds[n % kinds.length]!
        const shard = pick(random, shards)
        const broken = rewrite(files.get(shard.url)!, shard, (tensors) => breaks[kind]!(tensors, random))
        try {
          openBundle(manifest, new Map([...files, [shard.url, broken]]))
        } catch (error) {
          if (error instanceof WindowshopError && error.code.startsWith('bundle-')) return 1
          throw error
        }
        throw new Error(`${kind} was taken`)
      },
      close: bombs.close,
    }
  },
}

function rewrite(bytes: Uint8Array, { url }: ManifestFile, change: (tensors: Tensors) => void): Uint8Array {
  const { tensors, metadata } = decodeTensors(bytes, url)
  const copies: Tensors = {}
  for (const [name, { shape, data }] of tensors) copies[name] = { shape, data: data.slice() as TensorData }
  change(copies)
  return encodeTensors(copies, metadata)
}

function put(tensors: Tensors, name: string, random: Random, value: number): void {
  const { data } = tensors[name]!
  data[between(random, 0, data.length - 1)] = value
}

/** A host whose small answers unpack to 64 MB. */
async function serveBombs() {
  const zeros = Buffer.alloc(64 << 20)
  const bombs = { gzip: gzipSync(zeros), br: brotliCompressSync(zeros) }
  const server = createServer(({ url }, response) => {
    const encoding = url === '/gzip' ? 'gzip' : 'br'
    response.writeHead(200, { 'Content-Encoding': encoding, 'Content-Length': bombs[encoding].length })
    response.end(bombs[encoding])
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return {
    async refused(random: Random): Promise<number> {
      const maxBytes = between(random, 1, 4 << 20)
      const url = `http://localhost:${port}/${pick(random, ['gzip', 'br'])}`
      const before = process.memoryUsage().arrayBuffers
      try {
        await download(url, { maxBytes })
      } catch (error) {
        if (!(error instanceof WindowshopError) || error.code !== 'bundle-length') throw error
        const grown = process.memoryUsage().arrayBuffers - before
        if (grown > 2 * maxBytes + (8 << 20))
          throw new Error(`${grown} bytes were kept for at most ${maxBytes}`, { cause: error })
        return 1
      }
      throw new Error('a bomb was taken')
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
