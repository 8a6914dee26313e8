import { watchDataLayer } from '../page/data-layer.ts'
import { openEars } from '../page/late-parts.ts'
import type { TrackResult } from '../protocol.ts'
import type { Diagnosis } from './doctor/diagnose.ts'
import { diagnose, startExtras } from './run-extras.ts'
import type { ExtrasRecommender } from './run-extras.ts'

export interface PageOptions {
  /** Adapters that read the page's events, by name; `all` by default. */
  readonly capture?: string
  /** Name of the global with the data layer; `dataLayer` by default. */
  readonly layerName?: string
  /** Consent platforms to follow: `google`, `tcf`, `shopify`, or several of them. */
  readonly consent?: string
  /** What is told to the data layer: `select`, `impressions`, or both; by default nothing. */
  readonly report?: string
  /** `granted` where the shopper has agreed to the shop's analytics and no consent platform tells. */
  readonly analytics?: 'granted'
  readonly globalPrivacyControl?: 'deny' | 'ignore'
  /** `on`: once the visitor has agreed that anything is kept, the browser is asked not to clear it when space runs out. Firefox asks the visitor. */
  readonly persist?: 'on'
}

export interface WatchedPage {
  /** As the recommender's own, and what another source of this page has told already is not told again. */
  track(event: unknown): Promise<TrackResult>
  /** Settles when the consent platforms have answered. */
  readonly consentKnown: Promise<void>
  /** What works on this page and what does not, in plain words. */
  doctor(): Promise<Diagnosis>
}

/** Reads the page's events and consent for a recommender that the page has made itself, as the script tag does. */
export function watchPage(recommender: ExtrasRecommender, options: PageOptions = {}): WatchedPage {
  const { capture = 'all', layerName = 'dataLayer', globalPrivacyControl = 'deny' } = options
  const ears = openEars(recommender.track)
  if (/all|data-layer/.test(capture)) {
    watchDataLayer({ name: layerName, track: (entry) => void ears.hear('data-layer', entry) })
  }
  const instance = {
    options: { capture, layerName, globalPrivacyControl, bundle: '', worker: '', given: { ...options } },
    recommender: Promise.resolve(recommender),
    ears,
  }
  const consentKnown = startExtras(instance)
  consentKnown.catch(() => {})
  return { consentKnown, track: (event) => ears.hear('own', event), doctor: () => diagnose(instance) }
}
