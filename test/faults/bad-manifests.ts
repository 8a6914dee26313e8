import { limits, parseManifest } from '../../src/bundle/manifest.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packBundle } from '../../src/bundle/pack.ts'
import { createRandom, type Random } from '../../src/core/random.ts'
import { WindowshopError } from '../../src/errors.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'
import { pick } from './hostile-values.ts'

const numbers = [0, -1, 0.5, 1e308, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 31), null, '60', [], 16_777_216, 255, 256, 257]
const addresses = [
  '../secret',
  '..%2fsecret',
  '/etc/passwd',
  'https://evil.example/x.bin',
  '//evil.example/x.bin',
  'data:,x',
  'javascript:alert(1)',
  'a/b.bin',
  'a\\b.bin',
  '',
  '.hidden',
  'x'.repeat(200),
  'UPPER.bin',
  'a..b',
]

/** A manifest whose sizes, addresses or shape are not what a builder writes. */
export const badManifests: FaultRow = {
  id: 'bad-manifests',
  kind: 'bad input',
  fault: 'manifests with impossible sizes, overflowing products, foreign addresses, deep JSON',
  holds: 'refused with a code before anything is allocated',
  runs: { test: 500, ci: 10_000, release: 100_000 },

  async open() {
    const { manifest, files } = await packBundle(randomPackInput({ items: 60, head: 20, random: createRandom(7) }))
    const json = JSON.stringify(manifest)
    const declared = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0)

    return {
      run(random) {
        const hostile = random() < 0.1 ? deep(random) : mutate(JSON.parse(json) as Json, random)
        if (hostile === json) return 1
        let parsed
        try {
          parsed = parseManifest(hostile)
        } catch (error) {
          if (error instanceof WindowshopError && error.code.startsWith('bundle-')) return 1
          throw error
        }
        // What is let through must ask for no more than it has files for, and for these files alone.
        const dims = parsed.segments.reduce((sum, segment) => sum + segment.dims, 0)
        const bytes = parsed.files.reduce((sum, file) => sum + file.bytes, 0)
        if (parsed.items * dims > bytes) throw new Error(`a table of ${parsed.items} x ${dims} from ${bytes} bytes`)
        if (bytes > parsed.files.length * limits.shardBytes)
          throw new Error(`${bytes} bytes in ${parsed.files.length} files`)
        for (const { url } of [...parsed.files, ...(parsed.availability ? [parsed.availability] : [])]) {
          const { href } = new URL(url, 'https://shop.example/bundle/manifest.json')
          if (href !== `https://shop.example/bundle/${url}`) throw new Error(`${url} leads out of the folder`)
        }
        let allocated = 0
        try {
          openBundle(parsed, files, {
            allocate(items, widths) {
              allocated = items * widths.reduce((sum, width) => sum + width, 0)
              if (allocated > declared) throw new Error(`${allocated} bytes allocated for files of ${declared}`)
              throw new WindowshopError('bundle-malformed')
            },
          })
        } catch (error) {
          if (!(error instanceof WindowshopError)) throw error
        }
        return 1
      },
    }
  },
}

type Json = { [key: string]: Json } | Json[] | string | number | null

/** Changes one to three places of the manifest, wherever they are. */
function mutate(manifest: Json, random: Random): string {
  for (let n = between(random, 1, 3); n > 0; n--) {
    let at = manifest as Record<string, Json>
    for (;;) {
      const key = pick(random, Object.keys(at))
      const value = at[key]!
      if (typeof value === 'object' && value !== null && Object.keys(value).length > 0 && random() < 0.9) {
        at = value as Record<string, Json>
        continue
      }
      at[key] = random() < 0.05 ? (undefined as never) : (pick(random, [...numbers, ...addresses]) as Json)
      break
    }
  }
  return JSON.stringify(manifest)
}

function deep(random: Random): string {
  const depth = pick(random, [100, 5000, 100_000])
  const [open, close] = pick(random, [
    ['[', ']'],
    ['{"files":', '}'],
  ])
  const nest = open!.repeat(depth) + '1' + close!.repeat(depth)
  return random() < 0.5 ? nest : `{"format":"windowshop/1","data":{"x":${nest}}}`
}
