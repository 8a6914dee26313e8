import type { Consent } from '../../protocol.ts'
import { fieldsOf } from '../capture/signal.ts'
import type { ConsentSource } from './consent-source.ts'

type Load = (features: readonly object[], done: (error: unknown) => void) => void

/**
 * Shopify's Customer Privacy API: preferences for the history, analytics for reports. It knows where consent is needed, so
 * what it allows counts as granted; what it does not is denied only where the shopper has said no.
 * https://shopify.dev/docs/api/customer-privacy
 */
export const watchShopifyConsent: ConsentSource = (answer) => {
  const { Shopify } = globalThis as { Shopify?: { loadFeatures?: Load; customerPrivacy?: object } }
  if (!Shopify) return false
  const tell = () => {
    const privacy = fieldsOf(Shopify.customerPrivacy)
    const ask = (name: string): unknown =>
      typeof privacy[name] === 'function' ? Reflect.apply(privacy[name], privacy, []) : undefined
    const said = fieldsOf(ask('currentVisitorConsent'))
    const stateOf = (purpose: string): Consent => {
      if (ask(`${purpose}ProcessingAllowed`) === true) return 'granted'
      return said[purpose] === 'no' ? 'denied' : 'unknown'
    }
    answer({ storage: stateOf('preferences'), analytics: stateOf('analytics') })
  }
  document.addEventListener('visitorConsentCollected', tell)
  if (Shopify.customerPrivacy) tell()
  else Shopify.loadFeatures?.([{ name: 'consent-tracking-api', version: '0.1' }], (error) => error || tell())
  return true
}
