import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bundle } from '../../bundle/bundle.ts'
import { parseManifest, type Manifest } from '../../bundle/manifest.ts'
import { openBundle } from '../../bundle/open-bundle.ts'
import { verifyFile } from '../../bundle/verify-file.ts'
import { WindowshopError } from '../../errors.ts'

/** A bundle that was built before, every file of it verified. */
export interface PreviousBundle {
  readonly manifest: Manifest
  /** The files that the manifest lists, deltas included, by name. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  readonly bundle: Bundle
}

/** Reads a bundle's folder; throws the `bundle-` codes. */
export async function readPreviousBundle(folder: string): Promise<PreviousBundle> {
  const read = async (name: string) => {
    try {
      return new Uint8Array(await readFile(join(folder, name)))
    } catch (error) {
      const got = (error as NodeJS.ErrnoException).code ?? String(error)
      throw new WindowshopError('bundle-unreachable', { where: join(folder, name), got }, { cause: error })
    }
  }
  const manifest = parseManifest(new TextDecoder().decode(await read('manifest.json')))
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const entry of manifest.files) {
    const bytes = await read(entry.url)
    await verifyFile(entry, bytes)
    files.set(entry.url, bytes)
  }
  for (const { url } of manifest.deltas ?? []) files.set(url, await read(url))
  return { manifest, files, bundle: openBundle(manifest, files) }
}
