import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Bundle } from '../bundle/bundle.ts'
import { openBundle } from '../bundle/open-bundle.ts'
import { parseManifest, type Manifest } from '../bundle/manifest.ts'
import { readRules } from '../bundle/parse-rules.ts'
import { verifyFile } from '../bundle/verify-file.ts'
import type { Rule } from '../core/rule.ts'
import type { Card } from '../core/shelf.ts'
import { WindowshopError } from '../errors.ts'

/** What a verified bundle holds. */
export interface Inspection {
  readonly manifest: Manifest
  readonly files: readonly {
    readonly url: string
    readonly tier: string
    readonly bytes: number
    readonly brotli: number
  }[]
  readonly neighbours: number
  readonly unavailable: number
  readonly categories: number
  readonly brands: number
  /** Names of the shop's rules. */
  readonly rules: readonly string[]
  /** The best sellers' cards. */
  readonly first: readonly Card[]
}

/** Reads a bundle as a browser would, and checks every file; throws the `bundle-` codes and `rules-malformed`. */
export async function readBundle(
  folder: string,
  { withAvailability = true } = {},
): Promise<{ bundle: Bundle; files: ReadonlyMap<string, Uint8Array>; rules: readonly Rule[] }> {
  const manifest = parseManifest(new TextDecoder().decode(await readPart(folder, 'manifest.json')))
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const entry of manifest.files) {
    const bytes = await readPart(folder, entry.url)
    await verifyFile(entry, bytes)
    files.set(entry.url, bytes)
  }
  const { availability } = manifest
  const stock = withAvailability && availability ? await readPart(folder, availability.url) : undefined
  const rules = manifest.rules ? readRules(await readPart(folder, manifest.rules.url)) : []
  return { bundle: openBundle(manifest, files, stock && { availability: stock }), files, rules }
}

/** What a bundle holds, verified; throws as `readBundle`. */
export async function inspectBundle(folder: string): Promise<Inspection> {
  const { bundle, files, rules } = await readBundle(folder)
  const { manifest } = bundle
  const rows = Array.from({ length: manifest.items }, (_, row) => row)
  return {
    manifest,
    files: manifest.files.map(({ url, tier, bytes }) => ({
      url,
      tier,
      bytes,
      brotli: brotliCompressSync(files.get(url)!).length,
    })),
    neighbours: rows.reduce((sum, row) => sum + bundle.neighbours(row).rows.length, 0),
    unavailable: rows.filter((row) => (bundle.unavailable[row >>> 5]! >>> (row & 31)) & 1).length,
    categories: bundle.vocabulary.categories.length,
    brands: bundle.vocabulary.brands.length,
    rules: rules.map(({ name }) => name),
    first: rows.slice(0, 10).map((row) => bundle.card(row)),
  }
}

async function readPart(folder: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(join(folder, name)))
  } catch (error) {
    throw new WindowshopError(
      'bundle-unreachable',
      { where: join(folder, name), got: (error as NodeJS.ErrnoException).code ?? String(error) },
      { cause: error },
    )
  }
}
