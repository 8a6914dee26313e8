import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'
import { checkQuiet } from './lab/check-quiet.ts'
import { openBundleHost, type BundleHost } from './lab/bundle-host.ts'
import { buildVersion, openShop, publish, type BuiltVersion, type Served } from './lab/bundle-shop.ts'
import { openLab, type Visit } from './lab/open-lab.ts'

interface Case {
  readonly host: BundleHost
  readonly visit: Visit
  readonly path: string
  readonly first: BuiltVersion
  readonly second: BuiltVersion
}

/** What lies on the host is not of one piece. */
export const mixedBundles: FaultRow = {
  id: 'mixed-bundles',
  kind: 'fault',
  fault: 'an old manifest with new shards, a shard missing, a downgrade, two tabs updating',
  holds: 'never mixed, never half published; a downgrade is refused',
  runs: { test: 4, ci: 40, release: 120 },

  async open() {
    const lab = await openLab()
    const host = await openBundleHost()
    const visit = await lab.visit()
    const first = await buildVersion('first', { sequence: 1 })
    const second = await buildVersion('second', { sequence: 2 })
    const ways = [oldManifest, shardMissing, downgrade, twoTabs]
    return {
      async run(random, n) {
        const path = `/${n}-${between(random, 0, 1e9)}/`
        const seen = await ways[n % ways.length]!({ host, visit, path, first, second })
        await checkQuiet(visit)
        return seen
      },
      async close() {
        await lab.close()
        await host.close()
      },
    }
  },
}

function check(what: string, served: Served, { manifest }: BuiltVersion, name: string): void {
  if (served.bundle !== manifest.bundle)
    throw new Error(`${what}: ${JSON.stringify({ ...served, titles: served.titles[0] })}`)
  const strange = served.titles.find((title) => !title.endsWith(name))
  if (strange || served.titles.length === 0) throw new Error(`${what}: the shelf shows ${strange}`)
}

const urlOf = ({ host, path }: Case) => `${host.url}${path}manifest.json`

/** A cache on the way still has the manifest of before, and the host its successor's shards alone. */
async function oldManifest(test: Case): Promise<number> {
  const { host, visit, path, first, second } = test
  publish(host, path, second, (name) => name !== 'manifest.json')
  publish(host, path, first, (name) => name === 'manifest.json')
  const none = await openShop(visit.page, urlOf(test), first.manifest.bundle)
  if (none.titles.some((title) => title.endsWith('second'))) throw new Error('the old manifest shows new titles')
  if (!none.problem) throw new Error(`no problem: ${JSON.stringify(none)}`)
  publish(host, path, second)
  check('with its own manifest', await openShop(visit.page, urlOf(test), second.manifest.bundle), second, 'second')
  return 1
}

async function shardMissing(test: Case): Promise<number> {
  const { host, visit, path, first, second } = test
  publish(host, path, first)
  check('at first', await openShop(visit.page, urlOf(test)), first, 'first')
  const missing = second.manifest.files.findLast(({ url }) => !first.files.has(url))!.url
  publish(host, path, second, (name) => name !== missing)
  const without = await openShop(visit.page, urlOf(test), second.manifest.bundle)
  check('without the shard', without, first, 'first')
  if (without.problem !== 'bundle-unreachable') throw new Error(`the problem is ${without.problem}`)
  const asked = host.requests.length
  publish(host, path, second)
  check('with it', await openShop(visit.page, urlOf(test), second.manifest.bundle), second, 'second')
  // What had arrived is not asked for again, nor what both versions have.
  const again = host.requests.slice(asked).filter((url) => !/manifest\.json|availability/.test(url))
  if (again.join() !== `${path}${missing}`) throw new Error(`asked for again: ${again.join()}`)
  return 1
}

/** A host that brings back an older build of the same generation. */
async function downgrade(test: Case): Promise<number> {
  const { host, visit, path, first, second } = test
  publish(host, path, second)
  check('at first', await openShop(visit.page, urlOf(test)), second, 'second')
  publish(host, path, first)
  const older = await openShop(visit.page, urlOf(test), first.manifest.bundle)
  check('downgraded', older, second, 'second')
  if (older.problem !== 'bundle-stale') throw new Error(`the problem is ${older.problem}`)
  return 1
}

async function twoTabs(test: Case): Promise<number> {
  const { host, visit, path, first, second } = test
  publish(host, path, first)
  check('at first', await openShop(visit.page, urlOf(test)), first, 'first')
  publish(host, path, second)
  const other = await visit.tab()
  const asked = host.requests.length
  const served = await Promise.all(
    [visit.page, other].map((page) => openShop(page, urlOf(test), second.manifest.bundle)),
  )
  for (const each of served) check('in two tabs', each, second, 'second')
  const shards = host.requests.slice(asked).filter((url) => !/manifest\.json|availability/.test(url))
  if (new Set(shards).size < shards.length) throw new Error(`downloaded twice: ${shards.join()}`)
  await other.close()
  const kept = await openShop(visit.page, urlOf(test), second.manifest.bundle)
  check('afterwards', kept, second, 'second')
  return shards.length
}
