import type { Bundle } from '../src/bundle/bundle.ts'
import type { ScorerName, ScorerStatus } from '../src/scoring/scorer.ts'

interface Remembered {
  readonly of: string
  readonly status: ScorerStatus
}

const names: readonly ScorerName[] = ['plain', 'wasm', 'webgpu']

/** The table and the browser that were measured; the adapter stands in the status. */
function measuredOn({ manifest, table }: Bundle): string {
  return `${manifest.bundle} ${table.items} ${navigator.userAgent}`
}

/** What to keep of a choice. */
export function rememberChoice(status: ScorerStatus, bundle: Bundle): Remembered {
  return { of: measuredOn(bundle), status }
}

/** The choice that was kept, if it was made for this table in this browser. */
export function recallChoice(kept: unknown, bundle: Bundle): ScorerStatus | undefined {
  const { of, status } = (kept ?? {}) as Partial<Remembered>
  return of === measuredOn(bundle) && names.includes(status?.name as ScorerName) ? status : undefined
}
