/** A day (UTC) such as 2011-11-08; `time` in milliseconds since the epoch. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
