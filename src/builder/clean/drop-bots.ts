import type { CleanLine } from './clean-log.ts'
import type { CleaningReport } from './report.ts'

const hour = 3_600_000
const eventsPerHour = 300

/** Drops visitors with more events within an hour than a person makes, unless they bought something. Oldest first. */
export function dropBots(lines: readonly CleanLine[], report: CleaningReport): CleanLine[] {
  const times = new Map<string, number[]>()
  const buyers = new Set<string>()
  const bots = new Set<string>()
  for (const { user, time, kind } of lines) {
    if (kind === 'purchase') buyers.add(user)
    const known = times.get(user)
    if (!known) times.set(user, [time])
    else if (known.push(time) > eventsPerHour && time - known[known.length - 1 - eventsPerHour]! < hour) bots.add(user)
  }
  return lines.filter(({ user, line }) => {
    if (!bots.has(user) || buyers.has(user)) return true
    report.drop('bot', line)
    return false
  })
}
