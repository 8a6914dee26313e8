import type { Settings } from '../core/settings.ts'
import type { Bitmask } from '../core/bitmask.ts'

/** Everything that a bundle is made of, as plain columns over items in row order (best sellers first). */
export interface PackInput {
  readonly shop: string
  readonly currency: string
  readonly locale: string
  /** 16 hex digits. */
  readonly generation: string
  readonly settings: Settings
  readonly data: Readonly<Record<string, number | string>>
  readonly quality: Readonly<Record<string, number | string>>
  /** Rows of the head tier, 1 to items. */
  readonly head: number
  /** One or two segments; rows are items x dims, row-major, finite; they are quantised here. */
  readonly segments: readonly {
    readonly name: 'collaborative' | 'content'
    readonly dims: number
    readonly rows: Float32Array
  }[]
  /** Prior columns, 0 to 1. */
  readonly priors: Readonly<Partial<Record<'popularity' | 'trend' | 'newness', Float32Array>>>
  readonly ids: readonly string[]
  readonly titles: readonly string[]
  /** http(s) or relative to the page. */
  readonly urls: readonly string[]
  /** Empty where there is no picture. */
  readonly images: readonly string[]
  /** NaN where there is none. */
  readonly prices: Float32Array
  /** Paths joined by " > ", empty where unknown. */
  readonly categories: readonly string[]
  readonly brands: readonly string[]
  /** Compressed sparse rows: neighbours of row i are rows[offsets[i]] to rows[offsets[i + 1] - 1], strongest first. */
  readonly neighbours: { readonly offsets: Uint32Array; readonly rows: Uint32Array; readonly weights: Float32Array }
  /** Word vectors in the content segment (words lower-case, unique), words x dims; the sum over a text's words is its vector. */
  readonly terms?: { readonly words: readonly string[]; readonly rows: Float32Array }
  /** Rows that cannot be bought now. */
  readonly unavailable?: Bitmask
}
