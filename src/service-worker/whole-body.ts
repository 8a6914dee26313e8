const addressed = /\.([0-9a-f]{12,64})\.\w+$/

/**
 * Whether a response may be kept: a 200 with all of its bytes. A body that a closed connection cut short is otherwise
 * stored as if it were whole. Files named `stem.<hash>.extension` must hash to their name (SHA-256, hex prefix).
 */
export async function isWhole(url: URL, response: Response): Promise<boolean> {
  if (response.status !== 200) return false
  const body = await response
    .clone()
    .arrayBuffer()
    .catch(() => undefined)
  if (!body) return false
  const length = response.headers.get('content-length')
  if (length !== null && !response.headers.has('content-encoding') && Number(length) !== body.byteLength) return false
  const hash = addressed.exec(url.pathname)?.[1]
  return hash === undefined || (await hexDigest(body)).startsWith(hash)
}

async function hexDigest(body: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
