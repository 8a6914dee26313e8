import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { serve, type ServeOptions, type StaticServer } from '../../src/builder/serve.ts'

const root = join(import.meta.dirname, '../..')

export interface FaultShopOptions {
  /** Files that stand in for the built ones, or beside them: by name, their text. */
  readonly files?: Readonly<Record<string, string>>
  readonly headers?: ServeOptions['headers']
  /** More folders, as `serve` knows them. */
  readonly mounts?: ServeOptions['mounts']
}

/** A shop's page with the script tag and consent, on the sample shop's bundle, and a folder that is removed at the end. */
export interface FaultShop {
  readonly server: StaticServer
  readonly folder: string
  close(): Promise<void>
}

export async function openFaultShop({ files = {}, headers, mounts }: FaultShopOptions = {}): Promise<FaultShop> {
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-fault-'))
  const page = `<!doctype html><html lang="en"><title>A shop</title><link rel="icon" href="data:,">
    <script src="windowshop.core.js" data-bundle="/bundle/manifest.json" data-consent="granted"></script>`
  await Promise.all(
    Object.entries({ 'index.html': page, ...files }).map(([name, text]) => writeFile(join(folder, name), text)),
  )
  const server = await serve({
    mounts: { '/': [folder, join(root, 'dist')], '/bundle/': join(root, '.demo/bundle'), ...mounts },
    port: 0,
    ...(headers && { headers }),
  })
  return {
    server,
    folder,
    async close() {
      await server.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** A command of the page's queue: `command(page, 'track', {...})`. */
export function command<T>(page: Page, ...words: readonly unknown[]): Promise<T> {
  return page.evaluate(
    (given) => (window as unknown as { windowshop(...words: unknown[]): Promise<T> }).windowshop(...given),
    words,
  )
}
