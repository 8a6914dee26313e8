import type { LabShop, TuneAnswer } from '../../lab/lab-api.ts'
import type { Problem } from '../problem-of.ts'
import { configOf, readDials, type Config } from './config.ts'

/** What is being compared. */
export interface TuneState {
  readonly shop: LabShop | undefined
  /** Why there is no shop. */
  readonly problem: Problem | undefined
  /** The bundle's settings by dial. */
  readonly defaults: Config | undefined
  /** What is compared with, and what is turned. */
  readonly a: Config | undefined
  readonly b: Config | undefined
  /** Earlier values of B, oldest first. */
  readonly past: readonly Config[]
  readonly answer: TuneAnswer | undefined
  /** Which of them the shop's own shelves use. */
  readonly served: 'a' | 'b'
}

export const emptyTuneState: TuneState = {
  shop: undefined,
  problem: undefined,
  defaults: undefined,
  a: undefined,
  b: undefined,
  past: [],
  answer: undefined,
  served: 'a',
}

/** A state for a bundle that has been opened, with the changes that the page's address carries. */
export function startTuning(shop: LabShop, address: URLSearchParams): Partial<TuneState> {
  const defaults = configOf(shop.settings)
  const a = { ...defaults, ...readDials(address.get('a')) }
  return { shop, defaults, a, b: { ...defaults, ...readDials(address.get('b')) } }
}
