import type { Shell } from '../../lab/start-shell.ts'
import type { Device } from './health-state.ts'

const lock = 'windowshop-workbench'
let held = false

/** What this page takes of the device, as far as the browser tells. */
export async function readDevice(shell: Shell): Promise<Device> {
  holdLock()
  const { memory } = performance as { memory?: { readonly usedJSHeapSize: number } }
  const [estimate, databases, cacheNames, workers, locks, report] = await Promise.all([
    attempt(() => navigator.storage.estimate()),
    attempt(() => indexedDB.databases()),
    attempt(() => caches.keys()),
    attempt(() => navigator.serviceWorker.getRegistrations()),
    attempt(() => navigator.locks.query()),
    shell.report(),
  ])
  return {
    heap: memory?.usedJSHeapSize,
    used: estimate?.usage,
    quota: estimate?.quota,
    databases: databases?.flatMap(({ name }) => name ?? []) ?? [],
    caches: cacheNames ?? [],
    serviceWorkers: workers?.length ?? 0,
    tabs: Math.max(1, locks?.held?.filter(({ name }) => name === lock).length ?? 1),
    files: report?.files ?? [],
    starts: shell.starts(),
  }
}

/** A shared lock for as long as the page lives: as many as there are, so many tabs are open. */
function holdLock(): void {
  if (held) return
  held = true
  void attempt(() => navigator.locks.request(lock, { mode: 'shared' }, () => new Promise<never>(() => {})))
}

/** Undefined where the browser has no such thing, or refuses it. */
async function attempt<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch {
    return undefined
  }
}
