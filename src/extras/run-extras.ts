import type { Card } from '../core/shelf.ts'
import type { PageInstance, PageRecommender } from '../page/start-page.ts'
import type { TagOptions } from '../page/tag-options.ts'
import type { Consent, Status } from '../protocol.ts'
import { adapterNames, startCapture } from './capture/start-capture.ts'
import type { AdapterName, Capture } from './capture/start-capture.ts'
import { followConsent } from './consent/follow-consent.ts'
import { persistWithConsent } from './consent/persist-with-consent.ts'
import type { FollowedConsent } from './consent/follow-consent.ts'
import { diagnose as examine, watchViolations } from './doctor/diagnose.ts'
import type { Diagnosis } from './doctor/diagnose.ts'
import type { Violation } from './doctor/violations.ts'
import { loadProfile } from './load-profile.ts'
import { lengthenLook } from './lengthen-look.ts'
import type { LogOwner } from './lengthen-look.ts'
import { reportToDataLayer } from './shelves/report-to-data-layer.ts'
import { watchShelves } from './shelves/watch-shelves.ts'
import { watchDwell } from './watch-dwell.ts'

/** What of a recommender is used here. */
export interface ExtrasRecommender extends PageRecommender {
  readonly profile: LogOwner['profile']
  readonly quietly: LogOwner['quietly']
  cards(this: void, ids: readonly string[]): Promise<Card[]>
  consent(this: void, state: Consent): Promise<void>
  status(this: void): Promise<Status>
}

/** A page as its tag has set it up, or as a module has. */
export type Instance = Omit<PageInstance<ExtrasRecommender>, 'options'> & {
  readonly options: Pick<TagOptions, 'bundle' | 'capture' | 'given' | 'globalPrivacyControl' | 'layerName' | 'worker'>
}

interface Running {
  readonly capture: Capture
  readonly consent: FollowedConsent
}

const started = new WeakMap<Instance, Promise<Running>>()

/** Importing this file outside a browser is harmless. */
let violations: readonly Violation[] = []

/** Takes the page's events over, follows its consent platforms, and reports; once. Settles when consent is known. */
export async function startExtras(instance: Instance): Promise<void> {
  const { consent } = await begin(instance)
  await consent.known
}

/** What works on this page and what does not, in plain words. */
export async function diagnose(instance: Instance): Promise<Diagnosis> {
  const { capture, consent } = await begin(instance)
  const recommender = await instance.recommender
  return examine({ options: instance.options, recommender, capture, consent, violations, isOn: isOn(instance) })
}

function begin(instance: Instance): Promise<Running> {
  const before = started.get(instance)
  if (before) return before
  if (violations.length === 0) violations = watchViolations()
  const running = run(instance)
  started.set(instance, running)
  return running
}

async function run(instance: Instance): Promise<Running> {
  const { options, ears } = instance
  const { layerName, given } = options
  const persist = (made: ExtrasRecommender) => void (given['persist'] === 'on' && persistWithConsent(made))
  const consent = followConsent({
    sources: String(given['consent'] ?? ''),
    layerName,
    apply: async (state) => {
      const made = await instance.recommender
      await made.consent(state)
      persist(made)
    },
  })
  const recommender = await instance.recommender
  persist(recommender)
  const on = isOn(instance)
  const capture = startCapture({ ears, cards: recommender.cards, isOn: on })
  if (on('dwell')) {
    const dwell = watchDwell((look) => void lengthenLook(recommender, ears.track, look).catch(() => {}))
    capture.onView = dwell.look
    capture.onTurn = dwell.leave
  }
  watchShelves(document)
  // Who has the module defines it with `defineProfile`.
  if (options.worker) loadProfile(options.worker, recommender)
  reportToDataLayer({
    layerName,
    report: String(given['report'] ?? ''),
    mayReport: () => given['analytics'] === 'granted' || consent.analytics() === 'granted',
  })
  return { capture, consent }
}

function isOn({ options }: Instance): (name: AdapterName) => boolean {
  const names = options.capture.split(/[\s,]+/)
  return (name) => names.includes(name) || (names.includes('all') && adapterNames.includes(name))
}
