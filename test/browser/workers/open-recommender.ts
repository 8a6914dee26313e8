import { afterEach, beforeEach } from 'vitest'
import { inspectRecommender, type InspectedRecommender, type InspectOptions } from '../../../src/inspect.ts'
import { freshProfile } from './fresh-profile.ts'

const open: InspectedRecommender[] = []

/** A recommender on a real worker, closed after the test; each is like a tab of its own. */
export async function openTab(options: InspectOptions): Promise<InspectedRecommender> {
  const tab = await inspectRecommender({ consent: 'granted', scorer: 'wasm', ...options })
  open.push(tab)
  return tab
}

/** Files of tests share a browser profile: what the one before has left is none of a test's business. */
beforeEach(freshProfile)
afterEach(async () => {
  for (const { recommender } of open.splice(0)) recommender.close()
  await freshProfile()
})
