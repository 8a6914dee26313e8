import { afterEach, expect, test, vi } from 'vitest'
import { watchPage } from '../../../src/extras/watch-page.ts'
import type { Consent, Status } from '../../../src/protocol.ts'
import { serveBundle } from '../../support/serve-files.ts'
import { openTab } from '../workers/open-recommender.ts'

afterEach(() => vi.restoreAllMocks())

async function asked(consent: Consent, { persist, persisted = false }: { persist?: 'on'; persisted?: boolean }) {
  vi.spyOn(navigator.storage, 'persisted').mockResolvedValue(persisted)
  const ask = vi.spyOn(navigator.storage, 'persist').mockResolvedValue(true)
  const { manifestUrl } = await serveBundle()
  const { recommender } = await openTab({ bundle: manifestUrl, consent })
  let looked = 0
  const status = async (): Promise<Status> => {
    const told = await recommender.status()
    looked++
    return told
  }
  const page = watchPage({ ...recommender, status }, { capture: 'off', ...(persist && { persist }) })
  await page.consentKnown
  if (persist) await expect.poll(() => looked).toBeGreaterThan(0)
  return ask
}

test('storage that lasts is asked for where the shop wants it and the visitor has agreed', async () => {
  const ask = await asked('granted', { persist: 'on' })
  await expect.poll(() => ask.mock.calls.length).toBe(1)
})

test.each<[string, Consent, { persist?: 'on'; persisted?: boolean }]>([
  ['without consent', 'unknown', { persist: 'on' }],
  ['against the visitor', 'denied', { persist: 'on' }],
  ['where the shop does not want it', 'granted', {}],
  ['where it lasts already', 'granted', { persist: 'on', persisted: true }],
])('storage that lasts is not asked for %s', async (_, consent, options) => {
  const ask = await asked(consent, options)
  // What would ask comes right after what it has looked at.
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(ask).not.toHaveBeenCalled()
})

test('storage that lasts is asked for when a consent platform says yes', async () => {
  vi.spyOn(navigator.storage, 'persisted').mockResolvedValue(false)
  const ask = vi.spyOn(navigator.storage, 'persist').mockResolvedValue(true)
  const { manifestUrl } = await serveBundle()
  const { recommender } = await openTab({ bundle: manifestUrl, consent: 'unknown' })
  const layer: unknown[] = []
  Object.assign(globalThis, { persistLayer: layer })
  const page = watchPage(recommender, { capture: 'off', consent: 'google', layerName: 'persistLayer', persist: 'on' })
  // As `gtag` pushes its arguments.
  ;(function (..._values: unknown[]) {
    layer.push(arguments)
  })('consent', 'update', { personalization_storage: 'granted' })
  await page.consentKnown
  await expect.poll(() => ask.mock.calls.length).toBe(1)
})
