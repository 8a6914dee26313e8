/** What retention knows of the time. */
export interface Clock {
  /** Milliseconds since the epoch, as believed at the last look. */
  readonly trusted: number
  /** When the device's clock first showed a time more than a day ahead of that. */
  readonly since?: number
}

const day = 86_400_000

/**
 * Believes a clock that goes on by at most a day, or back; a jump ahead is believed once it has held for a day, so that a
 * wrong clock cannot expire a log.
 */
export function trustTime(clock: Clock | undefined, now: number): Clock {
  if (!clock || now <= clock.trusted + day) return { trusted: now }
  const { trusted, since = now } = clock
  return now >= since + day ? { trusted: now } : { trusted, since: Math.min(since, now) }
}
