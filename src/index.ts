import { createRecommender as create } from './recommender.ts'
import type { Recommender, RecommenderOptions } from './recommender.ts'
import { withLiveCards } from './worker-client/live-cards.ts'

/** Starts the worker and opens the bundle in it; does not wait for either. */
export function createRecommender(options: RecommenderOptions): Promise<Recommender> {
  return create({ live: withLiveCards, ...options })
}

export type { Profile, Recommender, RecommenderOptions } from './recommender.ts'
export { defineProfile } from './profile/define-profile.ts'
export { defineShelves } from './shelf/define-shelves.ts'
export { watchDataLayer } from './page/data-layer.ts'
export { watchPage } from './extras/watch-page.ts'
export type { PageOptions, WatchedPage } from './extras/watch-page.ts'
export type { Diagnosis, Finding } from './extras/doctor/diagnose.ts'
export { assignArm } from './core/assign-arm.ts'
export type { Arm, Experiment } from './core/assign-arm.ts'
export { WindowshopError } from './errors.ts'
export type { ErrorCode, ErrorDetails } from './errors.ts'
export type { EventContext, EventKind, EventRecord, ItemId } from './core/event.ts'
export type { Rule, RuleCondition, RuleTarget } from './core/rule.ts'
export type { Settings } from './core/settings.ts'
export type {
  Card,
  Fallback,
  Filter,
  Placement,
  Reason,
  Shelf,
  ShelfAnswer,
  ShelfItem,
  ShelfRequest,
} from './core/shelf.ts'
export type { StockChange, StockChanges } from './core/stock.ts'
export type { Consent, PastOrder, Status, TrackResult } from './protocol.ts'
export type { ScorerName, ScorerStatus } from './scoring/scorer.ts'
export type { DownloadProgress } from './worker-client/download-progress.ts'
export type { Hydrate, LiveCard } from './worker-client/live-cards.ts'
export type { WatchOptions } from './worker-client/watchers.ts'
