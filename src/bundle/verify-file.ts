import { WindowshopError } from '../errors.ts'
import type { ManifestFile } from './manifest.ts'

/** SHA-256 of the bytes, 64 lower-case hex digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Checks a file against its entry in the manifest; throws `bundle-length` or `bundle-hash`. */
export async function verifyFile(entry: ManifestFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (bytes.length !== entry.bytes) {
    throw new WindowshopError('bundle-length', {
      where: entry.url,
      expected: `${entry.bytes} bytes`,
      got: bytes.length,
    })
  }
  const digest = await sha256(bytes)
  if (digest !== entry.sha256) {
    throw new WindowshopError('bundle-hash', { where: entry.url, expected: entry.sha256, got: digest })
  }
}
