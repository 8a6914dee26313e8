import type { EventKind, Settings } from '../../index.ts'

type Plain = Exclude<keyof Settings, 'strengths' | 'repeatBonus'>

/** A number that can be turned: a setting, the strength of a kind of event, or the bonus of the session's last item. */
export type DialName = Plain | 'repeatBonus' | `strengths.${EventKind}`

export interface Dial {
  readonly name: DialName
  readonly from: number
  readonly to: number
  readonly step: number
  /** The slider's travel is the logarithm of the value. */
  readonly logarithmic?: true
}

/** Every setting of the query has a slider; a new one does not compile until it has one. */
const plain = {
  session: { from: 0, to: 3, step: 0.01 },
  profile: { from: 0, to: 3, step: 0.01 },
  collaborative: { from: 0, to: 3, step: 0.01 },
  content: { from: 0, to: 3, step: 0.01 },
  popularity: { from: -1, to: 3, step: 0.01 },
  trend: { from: -1, to: 3, step: 0.01 },
  newness: { from: -1, to: 3, step: 0.01 },
  priceSensitivity: { from: 0, to: 3, step: 0.01 },
  halfLifeDays: { from: 0.1, to: 365, step: 0.1, logarithmic: true },
  sessionGapMinutes: { from: 1, to: 1440, step: 1, logarithmic: true },
  sessionLength: { from: 1, to: 100, step: 1 },
  sessionDecay: { from: 0.05, to: 1, step: 0.01 },
  diversity: { from: 0, to: 1, step: 0.01 },
  categoryCap: { from: 0, to: 12, step: 1 },
} as const satisfies Record<Plain, Omit<Dial, 'name'>>

const kinds = [
  'view_item',
  'select_item',
  'search',
  'add_to_cart',
  'add_to_wishlist',
  'view_cart',
  'begin_checkout',
  'purchase',
  'remove_from_cart',
  'refund',
  'dismiss',
] as const satisfies readonly EventKind[]

const strengths = kinds.map((kind): Dial => ({ name: `strengths.${kind}`, from: -8, to: 8, step: 0.1 }))
const dial = (name: Plain): Dial => ({ name, ...plain[name] })

/** The dials by what they are about. */
export const dialGroups = {
  taste: [dial('session'), dial('profile'), dial('collaborative'), dial('content'), dial('priceSensitivity')],
  everyone: [dial('popularity'), dial('trend'), dial('newness')],
  memory: [dial('halfLifeDays'), dial('sessionGapMinutes'), dial('sessionLength'), dial('sessionDecay')],
  list: [dial('diversity'), dial('categoryCap'), { name: 'repeatBonus', from: 0, to: 3, step: 0.01 }],
  strengths,
} as const satisfies Record<string, readonly Dial[]>

export type DialGroup = keyof typeof dialGroups

export const dials: readonly Dial[] = Object.values(dialGroups).flat()
