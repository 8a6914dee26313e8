import type { Manifest } from '../../bundle/manifest.ts'

/** What an update costs a visitor who has kept the bundle before. */
export interface UpdateSize {
  /** Bytes of everything that a bundle holds. */
  readonly bytes: number
  /** Bytes of what has to be fetched: the manifest, the availability, files that changed or the deltas to them. */
  readonly again: number
}

/** Adds up what a visitor with the files of `previous` fetches to come to a bundle. */
export function updateSize(
  { manifest, files }: { readonly manifest: Manifest; readonly files: ReadonlyMap<string, Uint8Array> },
  previous: Manifest,
): UpdateSize {
  const kept = new Set(previous.files.map(({ url }) => url))
  const changing = ['manifest.json', ...(manifest.availability ? [manifest.availability.url] : [])]
  const fixed = changing.reduce((sum, name) => sum + files.get(name)!.length, 0)
  let [bytes, again] = [fixed, fixed]
  for (const file of manifest.files) {
    bytes += file.bytes
    if (kept.has(file.url)) continue
    const delta = manifest.deltas?.find(({ from, to }) => to === file.url && kept.has(from))
    again += delta?.bytes ?? file.bytes
  }
  return { bytes, again }
}
