import type { ManifestFile } from '../src/bundle/manifest.ts'
import { WindowshopError } from '../src/errors.ts'

export interface Wanted {
  readonly files: readonly ManifestFile[]
  /** The address of a file, by its name. */
  readonly at: (name: string) => string
}

/** Bytes that are left to the shopper's events, and to what the shop keeps itself. */
const reserve = 2 ** 20

/** Whether the browser estimates that it has room for those files that are not kept yet. */
export const hasRoom = (store: Cache, wanted: Wanted): Promise<boolean> =>
  requireRoom(store, wanted).then(
    () => true,
    () => false,
  )

/** Throws `storage-full` where files would not fit. A browser that estimates nothing is taken at its word when they are written. */
export async function requireRoom(store: Cache, { files, at }: Wanted): Promise<void> {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {}
  const kept = new Set((await store.keys()).map(({ url }) => url))
  const missing = files.reduce((sum, { url, bytes }) => (kept.has(at(url)) ? sum : sum + bytes), 0)
  const [expected, got] = [`${missing + reserve} bytes`, Math.max(0, quota - usage)]
  if (missing > 0 && got < missing + reserve)
    throw new WindowshopError('storage-full', { where: 'the bundle', expected, got })
}
