import type { Manifest } from '../src/bundle/manifest.ts'
import { requireRoom } from './has-room.ts'

export interface Keeping {
  /** Absolute URL of the manifest. */
  readonly url: string
  /** Absolute URL of what is remembered beside the bundle. */
  readonly note: string
  readonly manifest: Manifest
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Whether consent has not gone meanwhile. */
  readonly mayKeep: () => boolean
  readonly forget: () => Promise<void>
}

/** Makes a bundle the kept one: files first, manifest last; then what it does not list goes. Throws `storage-full` where they would not fit. */
export async function keepBundle(
  store: Cache,
  { url, note, manifest, files, mayKeep, forget }: Keeping,
): Promise<void> {
  const at = (name: string) => new URL(name, url).href
  await requireRoom(store, { files: manifest.files, at })
  for (const [name, bytes] of files) {
    if (!(await store.match(at(name)))) await store.put(at(name), new Response(bytes as Uint8Array<ArrayBuffer>))
  }
  if (!mayKeep()) return forget()
  await store.put(url, new Response(JSON.stringify(manifest)))
  const changing = [manifest.availability, manifest.rules].flatMap((file) => file ?? [])
  const listed = new Set([url, note, ...[...manifest.files, ...changing].map((file) => at(file.url))])
  for (const request of await store.keys()) if (!listed.has(request.url)) await store.delete(request)
}
