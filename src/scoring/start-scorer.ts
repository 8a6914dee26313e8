import type { ItemTable } from '../bundle/item-table.ts'
import { createPlainScorer } from './plain-scorer.ts'
import type { Scorer } from './scorer.ts'
import { createWasmScorer } from './wasm-scorer.ts'

/** The scorer that can serve at once, before `chooseScorer` has measured: wasm, else plain. */
export function startScorer(table: ItemTable): Scorer {
  try {
    return createWasmScorer(table)
  } catch {
    return createPlainScorer(table)
  }
}
