import { eventKinds, type EventRecord } from '../../src/core/event.ts'
import type { Random } from '../../src/core/random.ts'
import { between } from './seed.ts'

export const noon = Date.UTC(2026, 2, 14, 12)

/** Events of any kind over the last `days` days, times rising with the key, on items `item-0` to `item-(items - 1)`. */
export function randomLog(
  random: Random,
  { events, items, days = 40 }: { events: number; items: number; days?: number },
): EventRecord[] {
  const times = Array.from({ length: events }, () => noon - random() * days * 86_400_000).sort((a, b) => a - b)
  return times.map((time, i) => {
    const kind = eventKinds[between(random, 0, eventKinds.length - 1)]!
    const query = kind === 'search'
    const line = kind === 'purchase' && random() < 0.5 ? { order: `o${between(random, 0, 3)}` } : {}
    return {
      seq: i + 1,
      id: `e${i}`,
      profile: 'default',
      time: Math.floor(time),
      kind,
      ...(query ? {} : { item: `item-${between(random, 0, items - 1)}` }),
      context: {
        ...line,
        ...(query && { query: 'tent lamp' }),
        ...(random() < 0.3 && { quantity: between(random, 1, 9) }),
      },
    }
  })
}
