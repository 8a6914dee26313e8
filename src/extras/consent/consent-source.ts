import type { Consent } from '../../protocol.ts'

/** What a consent platform says of the shopper: of keeping their history here, and of the shop's analytics. */
export interface ConsentAnswer {
  readonly storage: Consent
  readonly analytics: Consent
}

/** Follows a platform: calls back with its answer, and with every change; returns whether the platform is there. */
export type ConsentSource = (answer: (answer: ConsentAnswer) => void) => boolean

export const yesOrNo = (allowed: boolean): Consent => (allowed ? 'granted' : 'denied')
