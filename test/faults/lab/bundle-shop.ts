import type { Page } from 'playwright'
import { packBundle, type PackInput } from '../../../src/bundle/pack.ts'
import type { Manifest } from '../../../src/bundle/manifest.ts'
import { createRandom } from '../../../src/core/random.ts'
import { randomPackInput } from '../../support/random-bundle.ts'
import type { BundleHost } from './bundle-host.ts'

export interface BuiltVersion {
  readonly manifest: Manifest
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** The same small shop, with titles that name the version: all its display shards differ, the tables do not. */
export function buildVersion(name: string, change: Partial<PackInput> = {}): Promise<BuiltVersion> {
  const input = randomPackInput({ items: 400, head: 60, random: createRandom(7) })
  return packBundle({ ...input, titles: input.titles.map((title) => `${title} ${name}`), ...change })
}

/** Puts a version at the host's path; `only` some of its files. */
export function publish(host: BundleHost, path: string, { files }: BuiltVersion, only = (_name: string) => true): void {
  for (const [name, bytes] of files) if (only(name)) host.files.set(`${path}${name}`, bytes)
}

export interface Served {
  /** Id of the bundle that answers. */
  readonly bundle: string | undefined
  readonly coverage: number
  readonly problem: string | undefined
  readonly titles: readonly string[]
  readonly fallback: string | undefined
}

/** A page of the shop, until the published bundle serves or has been refused: what it shows. */
export function openShop(page: Page, manifestUrl: string, expected?: string): Promise<Served> {
  return page.evaluate(
    async ({ bundle, wanted }) => {
      const { recommender } = await globalThis.lab.open('shop', { bundle, worker: '/windowshop.worker.js' })
      const answer = await recommender.recommend({ placement: 'trending', limit: 50 })
      let status = await recommender.status()
      for (let n = 0; n < 400; n++) {
        const done = status.coverage === 1 && (!wanted || status.bundle?.id === wanted)
        if (done || status.problem) break
        await new Promise((resolve) => setTimeout(resolve, 10))
        status = await recommender.status()
      }
      const shown = await recommender.recommend({ placement: 'trending', limit: 50 })
      const last = 'items' in shown ? shown : answer
      // What serves is kept a moment later.
      const keptId = async () => {
        for (const name of await caches.keys()) {
          const response = await (await caches.open(name)).match(bundle)
          if (response) return ((await response.json()) as { bundle: string }).bundle
        }
        return undefined
      }
      for (let n = 0; n < 400 && !status.problem && (await keptId()) !== status.bundle?.id; n++) {
        await new Promise((resolve) => setTimeout(resolve, 10))
        status = await recommender.status()
      }
      recommender.close()
      return {
        bundle: status.bundle?.id,
        coverage: status.coverage,
        problem: status.problem?.code,
        titles: 'items' in last ? last.items.map(({ card }) => card.title) : [],
        fallback: 'items' in last ? undefined : last.fallback,
      }
    },
    { bundle: manifestUrl, wanted: expected },
  )
}
