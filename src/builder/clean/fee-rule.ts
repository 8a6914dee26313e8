import { words } from '../../core/words.ts'
import type { LogLine } from '../read/read-events.ts'

/** Words of a line's code that make it a fee whatever the name says. */
const feeCodes = new Set([
  'postage',
  'post',
  'dot',
  'shipping',
  'delivery',
  'fee',
  'amazonfee',
  'discount',
  'voucher',
  'gift',
])

const feeNames =
  /^(?:(?:dotcom )?postage|carriage|shipping(?: costs?| fee)?|delivery(?: costs?| fee)?|discount|manual|samples?|(?:.* )?(?:gift )?vouchers?(?: .*)?|bank charges|(?:.* )?fee|adjust(?:ment)?(?: .*)?|cruk commission|(?:.* )?commission|gift (?:card|certificate)s?|tip|donation|insurance|test(?: .*)?)$/i

/** From this share of lines on, the shop numbers its goods, and a code without a digit is no item. */
const numberedShare = 0.95

/**
 * Learns from the log which codes are goods. A line is a fee where its name says so; and, in a shop whose codes carry
 * digits, where its code has none.
 */
export function createFeeRule(lines: readonly LogLine[]): (item: string, title: string | undefined) => boolean {
  let numbered = 0
  let coded = 0
  for (const { item } of lines) {
    if (item === undefined) continue
    coded++
    if (/\d/.test(item)) numbered++
  }
  const numbers = coded > 0 && numbered / coded >= numberedShare
  const decided = new Map<string, boolean>()
  return (item, title) => {
    const key = `${item}\n${title ?? ''}`
    let fee = decided.get(key)
    if (fee === undefined) {
      fee =
        (numbers && !/\d/.test(item)) ||
        (title !== undefined && feeNames.test(title.trim())) ||
        (words(item).length > 0 &&
          words(item).every((word) => feeCodes.has(word) || /^\d+$/.test(word)) &&
          !/^\d/.test(item))
      decided.set(key, fee)
    }
    return fee
  }
}
