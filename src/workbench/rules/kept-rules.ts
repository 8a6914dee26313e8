import type { RuleDraft } from './rule-fields.ts'

const keyOf = (bundle: string) => `windowshop-workbench-rules ${new URL(bundle, location.href).href}`

/** Rules that were being edited when the page of this visit was left; undefined where there are none. */
export function loadRules(bundle: string): readonly RuleDraft[] | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(bundle)) ?? 'null')
    return Array.isArray(kept) ? (kept as readonly RuleDraft[]) : undefined
  } catch {
    return undefined
  }
}

/** Keeps them until the tab is closed. */
export function keepRules(bundle: string, rules: readonly RuleDraft[]): void {
  try {
    sessionStorage.setItem(keyOf(bundle), JSON.stringify(rules))
  } catch {
    // Without storage they live as long as the page.
  }
}
