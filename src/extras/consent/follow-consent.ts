import type { Consent } from '../../protocol.ts'
import type { ConsentAnswer, ConsentSource } from './consent-source.ts'
import { watchGoogleConsent } from './google-consent.ts'
import { watchShopifyConsent } from './shopify-consent.ts'
import { watchTcfConsent } from './tcf-consent.ts'

export interface FollowOptions {
  /** `google`, `tcf`, `shopify`, or several of them: then all have to agree. */
  readonly sources: string
  readonly layerName: string
  /** Is told every new state of consent to keep the history. */
  readonly apply: (state: Consent) => Promise<void>
}

export interface FollowedConsent {
  /** Settles when all have answered, and what they said has been applied. */
  readonly known: Promise<void>
  /** What they say of the shop's analytics. */
  readonly analytics: () => Consent
  /** Who has answered what; absent: nobody yet. */
  readonly answers: ReadonlyMap<string, ConsentAnswer>
}

/** A platform whose script comes later is looked for again after so many milliseconds. */
const looks = [300, 1000, 3000, 10_000]

/** Asks the page's consent platforms, and follows what they say. */
export function followConsent({ sources, layerName, apply }: FollowOptions): FollowedConsent {
  const platforms: Readonly<Record<string, ConsentSource>> = {
    google: watchGoogleConsent(layerName),
    tcf: watchTcfConsent,
    shopify: watchShopifyConsent,
  }
  const names = Object.keys(platforms).filter((name) => sources.includes(name))
  const answers = new Map<string, ConsentAnswer>()
  const combined = (purpose: keyof ConsentAnswer) => {
    const states = names.map((name) => answers.get(name)?.[purpose] ?? 'unknown')
    return (['denied', 'unknown'] as const).find((state) => states.includes(state)) ?? 'granted'
  }
  let applied: Consent | undefined

  const known = new Promise<void>((resolve) => {
    const listen = (name: string, answer: ConsentAnswer) => {
      answers.set(name, answer)
      if (answers.size < names.length) return
      const state = combined('storage')
      if (state === applied) return resolve()
      applied = state
      apply(state).then(resolve, resolve)
    }
    if (names.length === 0) resolve()
    for (const name of names) {
      let there = false
      const look = () => (there ||= platforms[name]!((answer) => listen(name, answer)))
      // Google's entries may come at any time into the data layer that is watched from now on.
      if (name === 'google') look()
      else if (!look()) for (const ms of looks) setTimeout(look, ms)
    }
  })
  return { known, answers, analytics: () => combined('analytics') }
}
