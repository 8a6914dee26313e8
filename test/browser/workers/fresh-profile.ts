import { forgetBundles } from '../../../workers/bundle-store.ts'
import { destroyDatabase } from '../../../workers/event-log.ts'

/** As if this browser had never been here. */
export async function freshProfile(): Promise<void> {
  await destroyDatabase()
  await forgetBundles()
}

/** Waits for something to become true; fails when that takes longer than `ms` milliseconds. */
export async function until(what: () => unknown, ms = 10_000): Promise<void> {
  const end = performance.now() + ms
  while (!(await what())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${String(what)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
