import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

export interface StaticFile {
  readonly type: string
  readonly etag: string
  readonly bytes: Uint8Array
  /** The bytes as Brotli, where that saves at least a twentieth. */
  brotli(): Promise<Uint8Array | undefined>
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css;charset=utf-8',
  '.html': 'text/html;charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript;charset=utf-8',
  '.json': 'application/json',
  '.jsonl': 'application/jsonl',
  '.map': 'application/json',
  '.md': 'text/markdown;charset=utf-8',
  '.mjs': 'text/javascript;charset=utf-8',
  '.png': 'image/png',
  '.safetensors': 'application/octet-stream',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain;charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const packed = new Set(['.ico', '.jpg', '.png', '.webp', '.woff2'])
/** Bytes; below, headers outweigh what is saved. */
const smallest = 1024

const compress = promisify(brotliCompress)

/**
 * Reads files of a folder by their path in an address, `/` first; a path that ends with a slash is its `index.html`. What was
 * compressed once is kept until the file changes. Undefined: no such file, or one outside of the folder.
 */
export function staticFiles(folder: string): (path: string) => Promise<StaticFile | undefined> {
  const root = resolve(folder)
  const kept = new Map<string, { readonly etag: string; readonly brotli: Promise<Uint8Array | undefined> }>()

  return async (path) => {
    const file = fileAt(root, path)
    const found = file === undefined ? undefined : await stat(file).catch(() => undefined)
    if (file === undefined || !found?.isFile()) return undefined
    const etag = `"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`
    const bytes = await readFile(file)
    return {
      type: types[extname(file)] ?? 'application/octet-stream',
      etag,
      bytes,
      brotli() {
        if (bytes.length < smallest || packed.has(extname(file))) return Promise.resolve(undefined)
        const before = kept.get(file)
        if (before?.etag === etag) return before.brotli
        const brotli = smaller(bytes)
        kept.set(file, { etag, brotli })
        return brotli
      },
    }
  }
}

/** A file that lies in no folder. */
export function madeFile(text: string, extension: string): StaticFile {
  const bytes = new TextEncoder().encode(text)
  return {
    type: types[extension] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`,
    bytes,
    brotli: () => smaller(bytes),
  }
}

function fileAt(root: string, path: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return undefined
  }
  if (decoded.includes('\0')) return undefined
  const file = resolve(join(root, decoded.endsWith('/') ? `${decoded}index.html` : decoded))
  return file.startsWith(root + sep) ? file : undefined
}

async function smaller(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  const compressed = await compress(bytes, { params })
  return compressed.length < bytes.length * 0.95 ? compressed : undefined
}
