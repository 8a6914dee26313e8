import { fieldsOf } from '../capture/signal.ts'
import { yesOrNo } from './consent-source.ts'
import type { ConsentSource } from './consent-source.ts'

type TcfApi = (command: string, version: number, callback: (data: unknown, success: unknown) => void) => void

/**
 * IAB's Transparency and Consent Framework: purpose 1, storing and reading on the device, for the history; for reports
 * purpose 8, measuring content, too. While the banner is open nothing is known.
 * https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, "CMP API v2"
 */
export const watchTcfConsent: ConsentSource = (answer) => {
  const { __tcfapi: api } = globalThis as { __tcfapi?: TcfApi }
  if (typeof api !== 'function') return false
  api('addEventListener', 2, (data, success) => {
    const { eventStatus, gdprApplies, purpose } = fieldsOf(data)
    if (success !== true) return
    if (gdprApplies === false) return answer({ storage: 'granted', analytics: 'granted' })
    if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') {
      return answer({ storage: 'unknown', analytics: 'unknown' })
    }
    const consents = fieldsOf(fieldsOf(purpose)['consents'])
    const stores = consents['1'] === true
    answer({ storage: yesOrNo(stores), analytics: yesOrNo(stores && consents['8'] === true) })
  })
  return true
}
