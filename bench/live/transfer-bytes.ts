import { readdir } from 'node:fs/promises'
import { parseManifest } from '../../src/bundle/manifest.ts'
import { staticFiles } from '../../src/builder/static-file.ts'

export interface TransferBytes {
  readonly script: number
  readonly worker: number
  /** Manifest and head tier: what the first shelf needs. */
  readonly head: number
  /** Every file of the bundle. */
  readonly bundle: number
}

/** Bytes that cross the network: Brotli where a server would compress. */
export async function transferBytes({ dist, bundle }: { dist: string; bundle: string }): Promise<TransferBytes> {
  const built = sizesIn(dist)
  const packed = sizesIn(bundle)
  const manifest = parseManifest(new TextDecoder().decode((await staticFiles(bundle)('/manifest.json'))!.bytes))
  const head = manifest.files.filter(({ tier }) => tier === 'head').map(({ url }) => url)
  return {
    script: await built(['windowshop.js']),
    worker: await built(['windowshop.worker.js']),
    head: await packed(['manifest.json', ...head]),
    bundle: await packed(await readdir(bundle)),
  }
}

function sizesIn(folder: string): (names: readonly string[]) => Promise<number> {
  const read = staticFiles(folder)
  return async (names) => {
    let sum = 0
    for (const name of names) {
      const file = await read(`/${name}`)
      if (!file) throw new Error(`${folder}/${name} is not there`)
      sum += ((await file.brotli()) ?? file.bytes).length
    }
    return sum
  }
}

/** Bytes of a bundle as it lies on disk. */
export async function bundleBytes(bundle: string): Promise<number> {
  const read = staticFiles(bundle)
  const files = await Promise.all((await readdir(bundle)).map((name) => read(`/${name}`)))
  return files.reduce((sum, file) => sum + (file?.bytes.length ?? 0), 0)
}
