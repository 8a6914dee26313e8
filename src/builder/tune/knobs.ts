import type { EventKind } from '../../core/event.ts'
import { withDefaults } from '../settings-file.ts'

/** A setting, and the values that are tried for it beside its default. */
export interface Knob {
  /** Its path in a settings file. */
  readonly path: string
  readonly values: readonly number[]
}

/** Weights of the query: a bundle is asked anew. */
const query: readonly Knob[] = [
  { path: 'settings.trend', values: [0, 0.2, 0.4, 0.6, 0.8, 1.1] },
  { path: 'settings.content', values: [0, 0.25, 0.5, 0.8] },
  { path: 'settings.popularity', values: [0, 0.1, 0.2, 0.4] },
  { path: 'settings.profile', values: [0.3, 0.6, 0.9, 1.2] },
  { path: 'settings.halfLifeDays', values: [30, 60, 90, 180] },
  { path: 'settings.newness', values: [0, 0.03, 0.1] },
]

/** How a bundle is learned. */
const learning: readonly Knob[] = [
  { path: 'learning.collaborative.dims', values: [32, 64, 96] },
  { path: 'learning.collaborative.lambda', values: [10, 20, 40, 80] },
  { path: 'learning.collaborative.alpha', values: [5, 10, 20] },
  { path: 'learning.collaborative.halfLifeDays', values: [45, 90, 180] },
  { path: 'learning.content.dims', values: [32, 64, 96] },
  { path: 'learning.priors.trendHalfLifeDays', values: [7, 14, 20, 30] },
  { path: 'learning.priors.popularityHalfLifeDays', values: [30, 90, 180] },
]

/** Strengths are relative: that of the commonest kind stays, those of the others are multiplied by these. */
const factors = [0, 0.5, 1, 2]

/**
 * Everything that is tried for a log with so many events of each kind, in this order. Weights come first, because asking is cheap.
 * What rests on the session alone is left out, and so is diversity, which always costs hits.
 */
export function knobsFor(kinds: ReadonlyMap<EventKind, number>): Knob[] {
  const { settings } = withDefaults({})
  const weighed = [...kinds].filter(([kind]) => (settings.strengths[kind] ?? 0) > 0)
  const others = weighed.sort((a, b) => b[1] - a[1]).slice(1)
  const strengths = others.map(([kind]) => ({
    path: `settings.strengths.${kind}`,
    values: factors.map((factor) => factor * settings.strengths[kind]!),
  }))
  return [...query, ...strengths, ...learning]
}
