import { priceFit } from './price-fit.ts'
import type { Boosts, ShelfRules, ShopRules } from './rules/shelf-rules.ts'

const noRules: ShelfRules = { caps: [], contributions: () => [], claim: () => 0, place: () => undefined }

/**
 * The shop's rules, where there are any, and the shopper's price level on `for-you`: both add to scores. `revision` rises when
 * prices change.
 */
export function withPrices(rules?: ShopRules, revision = () => 0): ShopRules {
  return (context) => {
    const ruled = rules?.(context) ?? noRules
    const { bundle, request } = context
    const settings = { ...bundle.manifest.settings, ...request.settings }
    const prices =
      request.placement === 'for-you' ? priceFit({ ...context, settings, revision: revision() }) : undefined
    if (!prices) return ruled
    return {
      ...ruled,
      boosts: joinBoosts(prices, ruled.boosts),
      contributions: (row) => [
        { contribution: prices.of(row), describe: () => ({ kind: 'prior', id: 'price' }) },
        ...ruled.contributions(row),
      ],
    }
  }
}

/** One column for both. */
export function joinBoosts(one: Boosts | undefined, other: Boosts | undefined): Boosts | undefined {
  if (!one || !other) return one ?? other
  return {
    key: `${one.key},${other.key}`,
    addTo(bias) {
      one.addTo(bias)
      other.addTo(bias)
    },
  }
}
