import type { EventKind } from '../../core/event.ts'

/** One report of an event. */
export interface Report {
  readonly source: string
  readonly kind: EventKind
  /** All that the item is known to be called; of an event without an item, what it says. */
  readonly ids: ReadonlySet<string>
  /** Milliseconds since the epoch. */
  readonly time: number
}

/** Two sources that report within this time report the same. */
const windowMs = 10_000
const mostReports = 500

/**
 * Tells reports of new events from repetitions by another source. As many events have happened as the source that reported
 * most of them says: each report beyond what the others have said is a new event, whatever the order in which they come.
 * A look at an item's page is one look for as long as the page is open.
 */
export function createCountedOnce() {
  let reports: Report[] = []

  const alike = ({ kind, ids, time }: Report) =>
    reports.filter(
      (other) =>
        other.kind === kind &&
        (kind === 'view_item' || time - other.time < windowMs) &&
        [...ids].some((id) => other.ids.has(id)),
    )

  return {
    /** Takes a report; true when it is of an event that has not been counted yet. */
    isNew(report: Report): boolean {
      const counts = new Map<string, number>()
      for (const { source } of alike(report)) counts.set(source, (counts.get(source) ?? 0) + 1)
      const own = counts.get(report.source) ?? 0
      counts.delete(report.source)
      reports = [...reports, report].slice(-mostReports)
      return own >= Math.max(0, ...counts.values())
    },
    /** Whether another source has just reported an event of this kind: this one may be the same by another name. */
    mayRepeat: (source: string, kind: EventKind, time: number) =>
      reports.some((other) => other.source !== source && other.kind === kind && time - other.time < windowMs),
    /** Whether a look at this page's item has been reported. */
    sawView: () => reports.some(({ kind }) => kind === 'view_item'),
    /** The shopper has gone to another page: its items may be looked at anew. */
    turnPage() {
      reports = reports.filter(({ kind }) => kind !== 'view_item')
    },
  }
}
