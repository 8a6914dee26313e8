import type { Browser, Page } from 'playwright'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds: when it began, how long it took, and how much of that was the thread's own, where it was long enough to be told. */
  readonly ts: number
  readonly dur: number
  readonly tdur?: number
}

/** A performance mark with this name says that the task is the caller's own. */
export const ownTask = 'own task'

export interface Tasks {
  /** On the page's main thread, from the caller's own task on. */
  readonly count: number
  /** Of the longest one that is not the caller's own, in milliseconds of processor time: what other programs take is not the page's. */
  readonly longest: number
}

/** Traces a page while it works. Throws where no task is the caller's own. */
export async function longestTask(browser: Browser, page: Page, work: () => Promise<unknown>): Promise<Tasks> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  let trace: Buffer
  try {
    await work()
  } finally {
    trace = await browser.stopTracing()
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const own = traceEvents.find(({ name }) => name === ownTask)
  if (!own) throw new Error(`no mark ${ownTask} in the trace`)
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid, ts, dur }) =>
      name.endsWith('RunTask') && ph === 'X' && pid === own.pid && tid === own.tid && ts + dur >= own.ts,
  )
  const others = tasks.filter(({ ts }) => ts > own.ts)
  if (others.length === tasks.length || others.length === 0) throw new Error('the trace has none of the page’s tasks')
  return { count: others.length, longest: Math.max(...others.map(({ dur, tdur = dur }) => tdur)) / 1000 }
}
