/** How a resource of the shop is kept for offline use. */
export type ResourceKind =
  /** A page: from the network while there is one. */
  | 'page'
  /** Named after its content, so the kept copy is always right. */
  | 'immutable'
  /** Changes in place: from the network while there is one. */
  | 'changing'
  /** A picture: the kept copy at once, renewed behind it. */
  | 'picture'

export interface ResourceRequest {
  readonly url: URL
  /** `Request.mode` and `Request.destination`; empty strings for a url that a page names in advance. */
  readonly mode: string
  readonly destination: string
}

export interface KeptPaths {
  /** Folder of the bundle, or of several, with its slash. */
  readonly bundle: string
  /** Paths of the shop's own data that its pages are drawn from. */
  readonly data: readonly string[]
}

const contentHash = /[.-][0-9a-f]{8,64}\.\w+$/
const picture = /\.(avif|gif|jpe?g|png|svg|webp)$/
const program = /\.(css|m?js|wasm|woff2?)$/
const pageName = /(\/|\/[^/.]+|\.html?)$/

/**
 * What a same-origin GET is for; undefined: not ours to keep. Requests for data are kept only where `paths` names them,
 * because an answer of the shop's server may be about the shopper.
 */
export function resourceKind({ url, mode, destination }: ResourceRequest, paths: KeptPaths): ResourceKind | undefined {
  const path = url.pathname
  const named = mode === '' && destination === ''
  if (mode === 'navigate' || destination === 'document') return 'page'
  if (destination === 'image' || (named && picture.test(path))) return 'picture'
  if (named && pageName.test(path)) return 'page'
  if (path.startsWith(paths.bundle)) return contentHash.test(path) ? 'immutable' : 'changing'
  if (paths.data.includes(path)) return 'changing'
  if (['script', 'style', 'worker', 'font', 'manifest'].includes(destination) || (named && program.test(path)))
    return contentHash.test(path) ? 'immutable' : 'changing'
  return undefined
}
