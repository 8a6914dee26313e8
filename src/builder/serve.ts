import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { staticFiles, type StaticFile } from './static-file.ts'

export interface ServeOptions {
  /**
   * Folders by the path at which they are served, with a slash at both ends: `{ '/': 'dist', '/bundle/': 'out' }`. A
   * file is looked for under the longest path first, and in the folders of one path in their order.
   */
  readonly mounts: Readonly<Record<string, string | readonly string[]>>
  /** Where no folder has the file: by path, the path of a file that is served in place of all below it. */
  readonly standIns?: Readonly<Record<string, string>>
  /** Makes files that no folder has, by their path; undefined: no such file either. */
  readonly make?: (path: string) => StaticFile | undefined
  /** 4173 by default; where it is in use, a free one is taken. 0 takes any free one. */
  readonly port?: number
  /** Lets pages of other origins read the files. */
  readonly crossOrigin?: boolean
  /** More headers for a path, a Content-Security-Policy for instance. */
  readonly headers?: (path: string) => Readonly<Record<string, string>>
}

/** What a client asked for. */
export interface ServedRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

export interface StaticServer {
  /** Origin with a slash: `http://localhost:4173/`. */
  readonly url: string
  /** Every request since the start, in the order of arrival. */
  readonly requests: readonly ServedRequest[]
  /** Ends open connections too. */
  close(): Promise<void>
}

/** Names that carry a hash of the content: the bundle's shards, and the chunks of a Vite build. */
const contentAddressed = /[.-][0-9a-f]{12,64}\.\w+$|\/assets\/[^/]*-[\w-]{8}\.\w+$/

/** Serves folders of static files on localhost as a shop's host would: with types, Brotli, ETags and cache lifetimes. */
export async function serve({
  mounts,
  standIns = {},
  make,
  port = 4173,
  crossOrigin,
  headers,
}: ServeOptions): Promise<StaticServer> {
  const requests: ServedRequest[] = []
  const folders = Object.entries(mounts)
    .sort(([a], [b]) => b.length - a.length)
    .flatMap(([prefix, names]) => [names].flat().map((name) => ({ prefix, read: staticFiles(name) })))

  const server = createServer((request, response) => {
    const { method = 'GET', url = '/' } = request
    requests.push({ method, url, headers: request.headers })
    answer(request, response).catch(() => refuse(response, 500))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0]!
    for (const [name, value] of Object.entries(headersOf(path))) response.setHeader(name, value)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
    const file = await find(path)
    if (!file) return refuse(response, 404)
    response.setHeader('ETag', file.etag)
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304).end()
      return
    }
    const brotli = takesBrotli(request) ? await file.brotli() : undefined
    if (brotli) response.setHeader('Content-Encoding', 'br')
    const body = brotli ?? file.bytes
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.length })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  async function find(path: string): Promise<StaticFile | undefined> {
    for (const { prefix, read } of folders) {
      const file = path.startsWith(prefix) ? await read(path.slice(prefix.length - 1)) : undefined
      if (file) return file
    }
    const made = make?.(path)
    if (made) return made
    const standIn = Object.entries(standIns).find(([prefix]) => path.startsWith(prefix))?.[1]
    return standIn === undefined || standIn === path ? undefined : find(standIn)
  }

  function headersOf(path: string): Record<string, string> {
    return {
      'Cache-Control': contentAddressed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      Vary: 'Accept-Encoding',
      'X-Content-Type-Options': 'nosniff',
      ...(path.endsWith('-sw.js') && { 'Service-Worker-Allowed': '/' }),
      ...(crossOrigin && { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }),
      ...headers?.(path),
    }
  }

  await listen(server, port)
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

function takesBrotli(request: IncomingMessage): boolean {
  return /\bbr\b/.test(request.headers['accept-encoding'] ?? '')
}

function refuse(response: ServerResponse, status: number): void {
  response.setHeader('Cache-Control', 'no-store')
  response.writeHead(status).end()
}

/** Takes any free port where the wanted one is in use. */
async function listen(server: Server, port: number): Promise<void> {
  try {
    await listenOn(server, port)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    await listenOn(server, 0)
  }
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, 'localhost', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
