import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'
import { pick } from './hostile-values.ts'
import { openBundleHost, type HostFault } from './lab/bundle-host.ts'
import { buildVersion, openShop, publish } from './lab/bundle-shop.ts'
import { openLab } from './lab/open-lab.ts'

/** Makes a fault for an offset in a file. */
const kinds: Record<string, (offset: number) => HostFault> = {
  'cut, with its length': (offset) => (response, bytes) => {
    response.writeHead(200, { 'Content-Length': bytes.length })
    response.write(bytes.subarray(0, offset), () => response.destroy())
  },
  'cut, without its length': (offset) => (response, bytes) => {
    response.writeHead(200, { 'Transfer-Encoding': 'chunked' })
    response.end(bytes.subarray(0, offset))
  },
  reset: (offset) => (response, bytes) => {
    response.writeHead(200, { 'Content-Length': bytes.length })
    response.write(bytes.subarray(0, offset), () => response.socket?.resetAndDestroy())
  },
  HTML: () => (response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Sorry</title>')
  },
  'a flipped bit': (offset) => (response, bytes) => {
    const broken = bytes.slice()
    broken[offset]! ^= 1 << (offset % 8)
    response.writeHead(200, { 'Content-Length': broken.length }).end(broken)
  },
}

/** A new bundle is published, and one of its files arrives spoiled. */
export const cutDownload: FaultRow = {
  id: 'cut-download',
  kind: 'fault',
  fault: 'a download is cut (with and without its length), reset, answered with HTML, or flipped by a bit',
  holds: 'refused with a code; the previous bundle serves; a retry heals',
  runs: { test: 5, ci: 100, release: 500 },

  async open() {
    const lab = await openLab()
    const host = await openBundleHost()
    const visit = await lab.visit()
    const first = await buildVersion('first')
    const second = await buildVersion('second')
    const names = Object.keys(kinds)
    return {
      async run(random, n) {
        const path = `/${n}-${between(random, 0, 1e9)}/`
        const manifestUrl = `${host.url}${path}manifest.json`
        publish(host, path, first)
        const before = await openShop(visit.page, manifestUrl)
        if (before.bundle !== first.manifest.bundle) throw new Error(`at first ${JSON.stringify(before)}`)

        publish(host, path, second)
        const changed = second.manifest.files.filter(({ url }) => !first.files.has(url)).map(({ url }) => url)
        const file = random() < 0.2 ? 'manifest.json' : pick(random, changed)
        const kind = names[n % names.length]!
        const spoiled = host.spoiled
        host.faults.set(`${path}${file}`, kinds[kind]!(between(random, 0, second.files.get(file)!.length - 1)))
        const broken = await openShop(visit.page, manifestUrl, second.manifest.bundle)
        const seen = host.spoiled - spoiled
        const where = `${kind} in ${file}`
        if (!broken.problem?.startsWith('bundle-')) throw new Error(`${where}: the problem is ${broken.problem}`)
        if (broken.bundle !== first.manifest.bundle)
          throw new Error(`${where}: ${broken.bundle ?? broken.fallback} serves`)
        if (broken.titles.length === 0 || broken.titles.some((title) => !title.endsWith('first')))
          throw new Error(`${where}: the shelf shows ${broken.titles[0]}`)

        host.faults.clear()
        const healed = await openShop(visit.page, manifestUrl, second.manifest.bundle)
        if (healed.bundle !== second.manifest.bundle || healed.problem)
          throw new Error(`${where}, healed: ${JSON.stringify(healed)}`)
        const thrown = await visit.errors()
        if (thrown.length > 0) throw new Error(`${where}, not caught: ${thrown[0]}`)
        return seen
      },
      async close() {
        await lab.close()
        await host.close()
      },
    }
  },
}
