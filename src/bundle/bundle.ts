import type { Bitmask } from '../core/bitmask.ts'
import type { ItemId } from '../core/event.ts'
import type { Card } from '../core/shelf.ts'
import type { ItemTable } from './item-table.ts'
import type { Manifest } from './manifest.ts'

/** A bundle in memory: the columns of its loaded rows, and readers for what is decoded on demand. */
export interface Bundle {
  readonly manifest: Manifest
  /** The rows that can be scored; `table.items` of them, a prefix of the catalogue (best sellers first). */
  readonly table: ItemTable
  /** Prior columns, rows x manifest.priors.length, row-major; value / 255 is 0 to 1. */
  readonly priors: Uint8Array
  /** Prices by row, NaN where the shop gave none; those that have changed since the build stand here already. */
  readonly prices: Float32Array
  /** Index into `vocabulary.categories` and `vocabulary.brands` by row. */
  readonly categories: Uint32Array
  readonly brands: Uint32Array
  readonly vocabulary: { readonly categories: readonly string[]; readonly brands: readonly string[] }
  /** Rows that cannot be bought now. */
  readonly unavailable: Bitmask
  /** Prices of the build, of the rows whose price has changed since. */
  readonly builtPrices: Map<number, number>
  /** Row of an item, or of the item that this id is a variant of; undefined for one that is unknown or not loaded. */
  rowOf(item: ItemId): number | undefined
  idOf(row: number): ItemId
  card(row: number): Card
  /** Co-purchase neighbours, strongest first, weights 0 to 1. Rows may lie beyond the loaded ones. */
  neighbours(row: number): { readonly rows: Uint32Array; readonly weights: Uint8Array }
  /** Text vector of a search in the content segment, undefined when no word is known. */
  textVector(query: string): Float64Array | undefined
  /** Bytes of the decoded columns. */
  readonly bytes: number
}
