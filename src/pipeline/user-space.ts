import type { Fold } from '../core/fold.ts'
import { sessionOf } from '../core/session.ts'
import type { Settings } from '../core/settings.ts'
import type { SegmentWeights, UserSpace } from '../core/user-vector.ts'
import type { Bundle } from '../bundle/bundle.ts'
import { eventVectors } from './event-vectors.ts'
import type { Shop } from './shop.ts'

/** The space of a bundle, its segments weighted, the session's events weighed by the encoder where the shop has one. */
export async function userSpace(
  { bundle, encoder }: Omit<Shop, 'scorer'>,
  fold: Fold,
  settings: Settings,
  now: number,
): Promise<UserSpace> {
  return {
    vectors: eventVectors(bundle),
    weights: segmentWeights(bundle, settings),
    attention: await encoder?.attend(sessionOf(fold.counted, settings, now), settings),
  }
}

/** Weight of each segment of the bundle under these settings. */
export function segmentWeights(bundle: Bundle, settings: Settings): SegmentWeights {
  return bundle.manifest.segments.map(({ name }) => settings[name])
}
