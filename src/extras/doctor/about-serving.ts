import type { Status } from '../../protocol.ts'
import type { Finding, Patient } from './diagnose.ts'

/** Whether there is a bundle, how much of it, and what scores it. */
export function aboutServing(status: Status | undefined, { options }: Patient): Finding[] {
  if (!status) {
    return [
      {
        level: 'problem',
        says: `The worker does not answer (${options.worker}).`,
        advice: 'See that the address is right, and that worker-src and script-src of the policy allow it.',
      },
    ]
  }
  const { bundle, coverage, scorer, problem, paused } = status
  const findings: Finding[] = []
  if (bundle) {
    const percent = Math.round(coverage * 100)
    findings.push({
      level: 'good',
      says: `The bundle of ${bundle.shop} is there: ${bundle.items} items, ${percent} % loaded.`,
    })
  } else {
    findings.push({
      level: 'problem',
      says: `There is no bundle at ${options.bundle}${problem ? ` (${problem.code})` : ''}.`,
      advice: problem?.message ?? 'data-bundle names the manifest that `windowshop build` has written.',
    })
  }
  if (bundle && problem) {
    findings.push({ level: 'note', says: `A newer bundle was refused (${problem.code}).`, advice: problem.message })
  }
  if (scorer) findings.push({ level: 'good', says: `Items are scored by ${scorer.name}.` })
  if (paused) findings.push({ level: 'note', says: 'The visitor has paused the recording of events.' })
  return findings
}
