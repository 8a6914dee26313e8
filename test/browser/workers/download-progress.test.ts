import { expect, test } from 'vitest'
import { parseManifest } from '../../../src/bundle/manifest.ts'
import type { DownloadProgress } from '../../../src/worker-client/download-progress.ts'
import { serveBundle, serveFiles } from '../../support/serve-files.ts'
import { openTab } from './open-recommender.ts'

async function wholeTable({ recommender }: Awaited<ReturnType<typeof openTab>>): Promise<void> {
  await expect.poll(async () => (await recommender.status()).tiers.display).toBe(true)
}

test('the page is told of every file that is downloaded, from its beginning to its last byte, and of none that is kept', async () => {
  const served = await serveBundle()
  const manifest = parseManifest(new TextDecoder().decode(served.files.get('manifest.json')))
  const told = new Map<string, DownloadProgress[]>()
  const onProgress = (progress: DownloadProgress) =>
    void told.set(progress.file, [...(told.get(progress.file) ?? []), progress])

  const first = await openTab({ bundle: served.manifestUrl, onProgress })
  await wholeTable(first)
  const files = manifest.files.filter(({ tier }) => tier !== 'models')
  expect([...told.keys()].sort()).toEqual(files.map(({ url }) => url).sort())
  for (const { url, bytes } of files) {
    const news = told.get(url)!
    expect(news[0]).toEqual({ status: 'initiate', file: url, loaded: 0, total: bytes, progress: 0 })
    expect(news.at(-1)).toEqual({ status: 'done', file: url, loaded: bytes, total: bytes, progress: 100 })
    for (const [i, { status, loaded, total, progress }] of news.entries()) {
      expect(progress).toBeCloseTo((100 * loaded) / total)
      if (i > 0) expect(loaded).toBeGreaterThan(news[i - 1]!.loaded)
      expect(status).toBe(i === 0 ? 'initiate' : i === news.length - 1 ? 'done' : 'progress')
    }
  }
  await expect.poll(() => caches.match(served.manifestUrl)).toBeTruthy()
  first.recommender.close()

  told.clear()
  await wholeTable(await openTab({ bundle: served.manifestUrl, onProgress }))
  expect(told.size).toBe(0)
})

test('broken bytes are told too, and that the file begins anew', async () => {
  const served = await serveBundle()
  const { url } = parseManifest(new TextDecoder().decode(served.files.get('manifest.json'))).files[0]!
  const bytes = served.files.get(url)!
  await serveFiles(served.folder, new Map([[url, bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte))]]))
  const told: string[] = []
  const { recommender } = await openTab({
    bundle: served.manifestUrl,
    onProgress: ({ file, status }) => void (file === url && told.push(status)),
  })
  await expect.poll(async () => (await recommender.status()).problem?.code).toBe('bundle-hash')
  expect(told.filter((status) => status === 'initiate').length).toBe(2)
  expect(told.at(-1)).toBe('done')
})
