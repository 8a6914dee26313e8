import { fetchScript } from '../src/fetch-script.ts'
import type * as lateScorers from '../src/scoring/late-scorers.ts'
import type * as lateModels from './late-models.ts'
import type * as lateParts from './late.ts'

export type LateScorers = typeof lateScorers
export type LateModels = typeof lateModels
export type LateParts = typeof lateParts

/** Fetches a module of ours that the first shelf did not wait for. */
async function load<T>(url: string, integrity: string): Promise<T> {
  const source = await fetchScript({ url, integrity })
  return import(/* @vite-ignore */ source) as Promise<T>
}

/** Fetches `windowshop.scorers.js`. */
export const loadLateScorers = (url: string): Promise<LateScorers> => load(url, __SCORERS_INTEGRITY__)

/** Fetches `windowshop.models.js`, which lies beside the scorers. */
export const loadLateModels = (scorers: string): Promise<LateModels> =>
  load(new URL('windowshop.models.js', scorers).href, __MODELS_INTEGRITY__)

/** Fetches `windowshop.late.js`. */
export const loadLateParts = (url: string): Promise<LateParts> => load(url, __LATE_INTEGRITY__)
