import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { openBundle } from '../bundle/open-bundle.ts'
import { parseManifest, type Manifest } from '../bundle/manifest.ts'
import { verifyFile } from '../bundle/verify-file.ts'
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
  /** The best sellers' cards. */
  readonly first: readonly Card[]
}

/** Reads a bundle as a browser would, and checks every file; throws the `bundle-` codes. */
export async function inspectBundle(folder: string): Promise<Inspection> {
  const manifest = parseManifest(new TextDecoder().decode(await readPart(folder, 'manifest.json')))
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const entry of manifest.files) {
    const bytes = await readPart(folder, entry.url)
    await verifyFile(entry, bytes)
    files.set(entry.url, bytes)
  }
  const availability = manifest.availability && (await readPart(folder, manifest.availability.url))
  const bundle = openBundle(manifest, files, availability ? { availability } : {})
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
