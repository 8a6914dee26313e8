import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the answer to one file goes wrong. */
export type HostFault = (response: ServerResponse, bytes: Uint8Array) => void

/** A host of bundles under any path, that spoils the files it is told to. */
export interface BundleHost {
  readonly url: string
  /** What lies at each path. */
  readonly files: Map<string, Uint8Array>
  /** By path; each is used until it is taken away. */
  readonly faults: Map<string, HostFault>
  /** Paths asked for, in order. */
  readonly requests: string[]
  /** Answers that were spoiled. */
  spoiled: number
  close(): Promise<void>
}

export async function openBundleHost(): Promise<BundleHost> {
  const files = new Map<string, Uint8Array>()
  const faults = new Map<string, HostFault>()
  const requests: string[] = []
  const server = createServer(({ url = '' }, response) => {
    requests.push(url)
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Cache-Control', url.endsWith('manifest.json') ? 'no-cache' : 'max-age=31536000, immutable')
    const bytes = files.get(url)
    const fault = faults.get(url)
    if (!bytes) {
      response.writeHead(404).end()
      return
    }
    if (!fault) {
      response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes)
      return
    }
    host.spoiled++
    fault(response, bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const host: BundleHost = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    files,
    faults,
    requests,
    spoiled: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return host
}
