import type { RuleCondition, ShopperSegment } from '../../core/rule.ts'
import { sessionOf } from '../../core/session.ts'
import { isWithin } from '../event-vectors.ts'
import type { RuleContext } from './shelf-rules.ts'

const dayMs = 86_400_000
/** So many events make an interest. */
const interestEvents = 3

/** Whether a rule's conditions hold for this shelf, shopper and moment. */
export function ruleHolds(condition: RuleCondition, context: RuleContext): boolean {
  const { placement, category, segment, interest, from, to } = condition
  const { request, now } = context
  if (placement !== undefined && ![placement].flat().includes(request.placement)) return false
  if (from !== undefined && now < Date.parse(from)) return false
  if (to !== undefined && now >= Date.parse(to) + (to.includes('T') ? 0 : dayMs)) return false
  if (category !== undefined && !isPageOf([category].flat(), context)) return false
  if (segment !== undefined && ![segment].flat().some((name) => isIn(name, context))) return false
  return interest === undefined || hasInterest(interest, context)
}

/** Category of the request's item, else the one that its filter names. */
function isPageOf(wanted: readonly string[], { bundle, request: { item, filter } }: RuleContext): boolean {
  const row = item === undefined ? undefined : bundle.rowOf(item)
  const paths =
    row === undefined ? [filter?.category ?? []].flat() : [bundle.vocabulary.categories[bundle.categories[row]!]!]
  return paths.some((path) => wanted.some((ancestor) => isWithin(path, ancestor)))
}

function isIn(segment: ShopperSegment, { fold, bundle, shopper, request, now }: RuleContext): boolean {
  if (segment === 'new') return fold.counted.length === 0
  if (segment === 'customer') return shopper.purchased.size > 0
  if (segment === 'cart') return (request.items ?? [...shopper.inCart]).length > 0
  const settings = { ...bundle.manifest.settings, ...request.settings, sessionLength: Infinity }
  return fold.counted.length > sessionOf(fold.counted, settings, now).length
}

function hasInterest(interest: string, { bundle, fold }: RuleContext): boolean {
  let events = 0
  for (const { item, context } of fold.counted) {
    const row = item === undefined ? undefined : bundle.rowOf(item)
    const path = row === undefined ? context?.category : bundle.vocabulary.categories[bundle.categories[row]!]
    if (path !== undefined && isWithin(path, interest) && ++events === interestEvents) return true
  }
  return false
}
