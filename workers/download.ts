import { WindowshopError } from '../src/errors.ts'

export interface DownloadOptions {
  /** No more than this is read, whatever the server sends. */
  readonly maxBytes: number
  /** As `fetch` knows it: `no-cache` for files that change in place, `reload` after broken bytes. */
  readonly cache?: RequestCache
  /** Told the bytes so far, at the beginning and with each part that comes. */
  readonly heard?: ((loaded: number) => void) | undefined
}

const patienceMs = 60_000

/**
 * The bytes at a URL, read as a stream up to `maxBytes`. The request says nothing of the shopper: no cookie, no referrer.
 * Throws `bundle-unreachable` (network, HTTP status, no end in sight) or `bundle-length` (more than allowed).
 */
export async function download(
  url: string,
  { maxBytes, cache = 'default', heard }: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, {
      cache,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(patienceMs),
    })
    if (!response.ok) throw new WindowshopError('bundle-unreachable', { where: url, got: response.status })
    return await readBody(response, url, { maxBytes, heard })
  } catch (error) {
    if (error instanceof WindowshopError) throw error
    throw new WindowshopError('bundle-unreachable', { where: url, got: String(error) }, { cause: error })
  }
}

async function readBody(
  response: Response,
  url: string,
  { maxBytes, heard }: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  heard?.(length)
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length
    if (length > maxBytes) {
      void reader?.cancel().catch(() => undefined)
      throw new WindowshopError('bundle-length', { where: url, expected: `at most ${maxBytes} bytes`, got: length })
    }
    chunks.push(part.value)
    heard?.(length)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
