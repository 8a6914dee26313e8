import type { TagOptions } from '../../page/tag-options.ts'
import type { Status } from '../../protocol.ts'
import type { AdapterName, Capture } from '../capture/start-capture.ts'
import type { FollowedConsent } from '../consent/follow-consent.ts'
import { aboutCapture } from './about-capture.ts'
import { aboutConsent } from './about-consent.ts'
import { aboutIds } from './about-ids.ts'
import { aboutPolicy } from './about-policy.ts'
import { aboutServing } from './about-serving.ts'
import { aboutShelves } from './about-shelves.ts'
import type { Violation } from './violations.ts'

export { watchViolations } from './violations.ts'

/** One thing that was looked at. */
export interface Finding {
  /** `problem`: something does not work that should; `note`: worth knowing; `good`: as it should be. */
  readonly level: 'problem' | 'note' | 'good'
  readonly says: string
  /** What to do about it. */
  readonly advice?: string
}

export interface Diagnosis {
  /** Whether no problem was found. */
  readonly ok: boolean
  readonly findings: readonly Finding[]
  /** All of it as lines of text. */
  readonly text: string
}

export interface Patient {
  readonly options: Pick<TagOptions, 'bundle' | 'globalPrivacyControl' | 'given' | 'layerName' | 'worker'>
  readonly recommender: { status(): Promise<Status> }
  readonly capture: Capture
  readonly consent: FollowedConsent
  readonly violations: readonly Violation[]
  readonly isOn: (name: AdapterName) => boolean
}

const marks = { problem: '!', note: '-', good: '+' } as const

/** Looks at the page as Windowshop sees it, and says in plain words what works, what does not, and what to do about it. */
export async function diagnose(patient: Patient): Promise<Diagnosis> {
  const status = await patient.recommender.status().catch(() => undefined)
  const findings = [
    ...aboutServing(status, patient),
    ...aboutConsent(status, patient),
    ...aboutCapture(patient),
    ...(await aboutIds(patient)),
    ...aboutShelves(document),
    ...aboutPolicy(patient.violations),
  ]
  const lines = findings.flatMap(({ level, says, advice }) => [
    `${marks[level]} ${says}`,
    ...(advice ? [`    ${advice}`] : []),
  ])
  return { ok: findings.every(({ level }) => level !== 'problem'), findings, text: lines.join('\n') }
}
