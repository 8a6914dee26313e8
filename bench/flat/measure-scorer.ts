import { join } from 'node:path'
import type { Browser } from 'playwright'
import { serve } from '../../src/builder/serve.ts'
import { measureGrowth, type Growth, type GrowthOptions } from './measure-growth.ts'
import { writeCountedPage } from './write-counted-page.ts'

const dist = join(import.meta.dirname, '../../dist')

export interface ScorerRun extends Omit<GrowthOptions, 'url'> {
  /** Folder into which the page is written. */
  readonly pages: string
  /** Folder of the bundle. */
  readonly bundle: string
}

/** Serves a page with counters whose tag asks for the scorer, and measures what it holds before and after many requests. */
export async function measureScorer(browser: Browser, { pages, bundle, ...options }: ScorerRun): Promise<Growth> {
  await writeCountedPage(pages, options.scorer)
  const server = await serve({
    mounts: { '/': pages, '/dist/': dist, '/bundle/': bundle },
    standIns: { '/pictures/': '/picture.svg' },
    port: 0,
  })
  try {
    return await measureGrowth(browser, { url: server.url, ...options })
  } finally {
    await server.close()
  }
}
