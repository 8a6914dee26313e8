import { watchPushes } from '../../page/data-layer.ts'
import type { Consent } from '../../protocol.ts'
import { fieldsOf } from '../capture/signal.ts'
import type { Fields } from '../capture/signal.ts'
import type { ConsentSource } from './consent-source.ts'

/**
 * Google's Consent Mode v2, as `gtag('consent', 'default' | 'update', {...})` says it: `personalization_storage` for the
 * history, `analytics_storage` for reports. A default of `denied` is no answer of the shopper, so it erases nothing; one of
 * `granted` counts when its `wait_for_update` is over, unless another default holds in a region: which that is cannot be
 * known here.
 * https://developers.google.com/tag-platform/security/guides/consent
 */
export function watchGoogleConsent(layerName: string): ConsentSource {
  return (answer) => {
    const defaults: Fields[] = []
    const updates: Record<string, unknown> = {}
    let timer: ReturnType<typeof setTimeout> | undefined
    let started = false

    const stateOf = (type: string): Consent => {
      const updated = updates[type]
      if (updated === 'granted' || updated === 'denied') return updated
      const said = defaults.filter((entry) => entry[type] !== undefined)
      return said.length > 0 && said.every((entry) => entry[type] === 'granted') ? 'granted' : 'unknown'
    }
    const tell = () => answer({ storage: stateOf('personalization_storage'), analytics: stateOf('analytics_storage') })

    watchPushes(layerName, (entry) => {
      const { 0: command, 1: step, 2: states } = fieldsOf(entry)
      if (command !== 'consent') return
      started = true
      if (step === 'default') {
        defaults.push(fieldsOf(states))
        const wait = Number(fieldsOf(states)['wait_for_update'])
        clearTimeout(timer)
        timer = setTimeout(tell, wait > 0 ? Math.min(wait, 10_000) : 0)
      } else if (step === 'update') {
        Object.assign(updates, states)
        clearTimeout(timer)
        tell()
      }
    })
    return started
  }
}
