import type { Status } from '../../protocol.ts'
import type { Finding, Patient } from './diagnose.ts'

/** Whether history is kept, who said so, and what is in the way. */
export function aboutConsent(status: Status | undefined, { options, consent }: Patient): Finding[] {
  const findings: Finding[] = []
  const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean }
  if (globalPrivacyControl) {
    findings.push(
      options.globalPrivacyControl === 'ignore'
        ? { level: 'note', says: 'The browser sends Global Privacy Control, and data-gpc="ignore" overrules it.' }
        : { level: 'note', says: 'The browser sends Global Privacy Control: nothing is kept, whatever else is said.' },
    )
  }
  for (const name of ['google', 'tcf', 'shopify'].filter((source) =>
    String(options.given['consent']).includes(source),
  )) {
    const answer = consent.answers.get(name)
    findings.push(
      answer
        ? {
            level: 'good',
            says: `The consent source ${name} answers: keep the history: ${answer.storage}; analytics: ${answer.analytics}.`,
          }
        : { level: 'problem', says: `The consent source ${name} has not answered.`, advice: missing[name]! },
    )
  }
  if (!status) return findings
  const { kind, reason, events } = status.storage
  if (kind === 'disk') findings.push({ level: 'good', says: `The history is kept on this device: ${events} events.` })
  else if (status.consent === 'granted') {
    findings.push({
      level: 'problem',
      says: `Consent is granted, but the browser does not store (${reason}).`,
      advice:
        'Private windows, full disks and blocked site data do that; events live in memory until the page is left.',
    })
  } else {
    findings.push({
      level: 'note',
      says: `Consent is ${status.consent}: events live in memory until the page is left.`,
      advice: "Give data-consent=\"granted\", call windowshop('consent', 'granted'), or name a consent platform.",
    })
  }
  return findings
}

const missing: Readonly<Record<string, string>> = {
  google: "gtag('consent', 'default', {...}) with personalization_storage has to be called on this page.",
  tcf: 'The page has no __tcfapi: the consent platform has to be loaded, or at least its stub.',
  shopify: 'The page has no Shopify.customerPrivacy: this works in Shopify themes alone.',
}
