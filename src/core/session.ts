import type { EventRecord } from './event.ts'
import { dayMs } from './fold.ts'
import type { Settings } from './settings.ts'

/**
 * The events of the present session, most recent first: the last `sessionLength` of those that follow one another, and
 * now, with less than `sessionGapMinutes` between them.
 */
export function sessionOf(
  events: readonly EventRecord[],
  { sessionGapMinutes, sessionLength }: Pick<Settings, 'sessionGapMinutes' | 'sessionLength'>,
  now: number,
): EventRecord[] {
  const gap = sessionGapMinutes * 60_000
  const horizon = now - Math.max(dayMs, gap)
  const recent = events.filter((event) => event.time >= horizon).sort((a, b) => b.time - a.time || b.seq - a.seq)
  const session: EventRecord[] = []
  let next = now
  for (const event of recent) {
    if (next - event.time > gap || session.length === sessionLength) break
    session.push(event)
    next = event.time
  }
  return session
}
