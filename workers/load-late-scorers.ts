import { fetchScript } from '../src/fetch-script.ts'
import type * as lateScorers from '../src/scoring/late-scorers.ts'

export type LateScorers = typeof lateScorers

/** Fetches `windowshop.scorers.js`. */
export async function loadLateScorers(url: string): Promise<LateScorers> {
  const source = await fetchScript({ url, integrity: __SCORERS_INTEGRITY__ })
  return import(/* @vite-ignore */ source) as Promise<LateScorers>
}
