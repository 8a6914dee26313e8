import { afterEach, describe, expect, test, vi } from 'vitest'
import { followConsent } from '../../../src/extras/consent/follow-consent.ts'
import type { Consent } from '../../../src/protocol.ts'

const scope = globalThis as unknown as Record<string, unknown>

afterEach(() => {
  for (const name of ['dataLayer', '__tcfapi', 'Shopify']) delete scope[name]
  vi.useRealTimers()
})

function follow(sources: string) {
  const applied: Consent[] = []
  const apply = (state: Consent) => {
    applied.push(state)
    return Promise.resolve()
  }
  return { applied, ...followConsent({ sources, layerName: 'dataLayer', apply }) }
}

/** As Google prints it: https://developers.google.com/tag-platform/security/guides/consent */
function gtag(..._values: unknown[]): void {
  ;((scope['dataLayer'] ??= []) as unknown[]).push(arguments)
}

const denied = { ad_storage: 'denied', analytics_storage: 'denied', personalization_storage: 'denied' }

describe("Google's consent mode", () => {
  test('that denies by default and is granted later is granted then', async () => {
    gtag('consent', 'default', { ...denied, wait_for_update: 500 })
    const { applied, known, analytics } = follow('google')
    gtag('consent', 'update', { personalization_storage: 'granted' })
    await known
    expect(applied).toEqual(['granted'])
    expect(analytics()).toBe('unknown')
    gtag('consent', 'update', { analytics_storage: 'granted' })
    expect(analytics()).toBe('granted')
    gtag('consent', 'update', { personalization_storage: 'denied' })
    expect(applied).toEqual(['granted', 'denied'])
  })

  test('whose default denies is no answer of the shopper: nothing is erased for it', async () => {
    vi.useFakeTimers()
    gtag('consent', 'default', { ...denied, wait_for_update: 500 })
    const { applied } = follow('google')
    await vi.advanceTimersByTimeAsync(499)
    expect(applied).toEqual([])
    await vi.advanceTimersByTimeAsync(2)
    expect(applied).toEqual(['unknown'])
  })

  test('whose default grants counts when its time for an update is over', async () => {
    vi.useFakeTimers()
    const { applied } = follow('google')
    gtag('consent', 'default', { personalization_storage: 'granted', wait_for_update: 300 })
    await vi.advanceTimersByTimeAsync(200)
    expect(applied).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(applied).toEqual(['granted'])
  })

  test('that grants by default but not in a region is not known to grant here', async () => {
    vi.useFakeTimers()
    gtag('consent', 'default', { personalization_storage: 'denied', region: ['DE', 'FR'] })
    gtag('consent', 'default', { personalization_storage: 'granted' })
    const { applied } = follow('google')
    await vi.advanceTimersByTimeAsync(100)
    expect(applied).toEqual(['unknown'])
  })
})

/** The callbacks of a platform, as https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework has it. */
function installTcf() {
  const listeners: ((data: object, success: boolean) => void)[] = []
  scope['__tcfapi'] = (command: string, version: number, callback: (data: object, success: boolean) => void) => {
    expect([command, version]).toEqual(['addEventListener', 2])
    listeners.push(callback)
  }
  return (data: object) => listeners.forEach((tell) => tell({ tcfPolicyVersion: 4, listenerId: 1, ...data }, true))
}

describe("IAB's framework", () => {
  test('grants and denies by purpose 1, once its banner is answered', async () => {
    const tell = installTcf()
    const { applied, known, analytics } = follow('tcf')
    tell({ eventStatus: 'cmpuishown', gdprApplies: true, purpose: { consents: {} } })
    await known
    tell({ eventStatus: 'useractioncomplete', gdprApplies: true, purpose: { consents: { 1: true, 7: true } } })
    expect(analytics()).toBe('denied')
    tell({ eventStatus: 'useractioncomplete', gdprApplies: true, purpose: { consents: { 1: true, 8: true } } })
    expect(analytics()).toBe('granted')
    tell({ eventStatus: 'useractioncomplete', gdprApplies: true, purpose: { consents: { 1: false, 8: true } } })
    expect(applied).toEqual(['unknown', 'granted', 'denied'])
  })

  test('grants where the regulation does not apply', async () => {
    const tell = installTcf()
    const { applied, known } = follow('tcf')
    tell({ eventStatus: 'tcloaded', gdprApplies: false })
    await known
    expect(applied).toEqual(['granted'])
  })

  test('is found when its script comes later', async () => {
    vi.useFakeTimers()
    const { applied } = follow('tcf')
    await vi.advanceTimersByTimeAsync(200)
    const tell = installTcf()
    await vi.advanceTimersByTimeAsync(1000)
    tell({ eventStatus: 'tcloaded', gdprApplies: true, purpose: { consents: { 1: true } } })
    expect(applied).toEqual(['granted'])
  })
})

/** Methods of https://shopify.dev/docs/api/customer-privacy */
function installShopify(consent: { preferences: string; analytics: string }) {
  const customerPrivacy = {
    currentVisitorConsent: () => consent,
    preferencesProcessingAllowed: () => consent.preferences === 'yes',
    analyticsProcessingAllowed: () => consent.analytics === 'yes',
  }
  const shopify: Record<string, unknown> = {
    loadFeatures: vi.fn((_features: unknown, done: (error?: unknown) => void) => {
      shopify['customerPrivacy'] = customerPrivacy
      done()
    }),
  }
  scope['Shopify'] = shopify
  return (next: typeof consent) => {
    Object.assign(consent, next)
    document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail: {} }))
  }
}

describe("Shopify's customer privacy", () => {
  test('is loaded, asked for preferences, and followed', async () => {
    const collect = installShopify({ preferences: '', analytics: '' })
    const { applied, known, analytics } = follow('shopify')
    await known
    collect({ preferences: 'yes', analytics: 'no' })
    expect(analytics()).toBe('denied')
    collect({ preferences: 'no', analytics: 'yes' })
    expect(applied).toEqual(['unknown', 'granted', 'denied'])
  })
})

test('several platforms have to agree', async () => {
  const tell = installTcf()
  const { applied, known } = follow('google, tcf')
  gtag('consent', 'update', { personalization_storage: 'granted' })
  expect(applied).toEqual([])
  tell({ eventStatus: 'tcloaded', gdprApplies: true, purpose: { consents: { 1: true } } })
  await known
  gtag('consent', 'update', { personalization_storage: 'denied' })
  expect(applied).toEqual(['granted', 'denied'])
})

test('nothing is followed, and nothing applied, where no platform is named', async () => {
  const { applied, known } = follow('granted')
  await known
  expect(applied).toEqual([])
})
