import { fetchScript } from '../src/fetch-script.ts'
import type { LateScorers } from '../src/scoring/choose-scorer.ts'

/** Fetches `windowshop.scorers.js`. */
export async function loadLateScorers(url: string): Promise<LateScorers> {
  const source = await fetchScript({ url, integrity: __SCORERS_INTEGRITY__ })
  return import(/* @vite-ignore */ source) as Promise<LateScorers>
}
