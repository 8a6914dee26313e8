import type { Bitmask } from '../core/bitmask.ts'

/** One query; a batch of them is scored in one pass. */
export interface ScoreQuery {
  /** The query, all segments side by side, sum of `dims` long, finite. */
  readonly vector: Float64Array
  /** One number per row; scorers cache it by identity, so it must never change. Absent: all zero. */
  readonly bias?: Float32Array<ArrayBuffer> | undefined
  /** Rows that must not be returned. */
  readonly mask: Bitmask
  /** How many to return, 1 to 512. */
  readonly k: number
}

/** The best rows of one query, best first, ties by row; fewer than k when the mask leaves fewer. */
export interface TopK {
  readonly rows: Uint32Array
  /** Float64 scores over the int8 table, exactly those of the plain scorer. */
  readonly scores: Float64Array
}

export type ScorerName = 'plain' | 'wasm' | 'webgpu'

/** Scores every row exactly; see `plain-scorer.ts` for the oracle that the others must equal. */
export interface Scorer {
  readonly name: ScorerName
  /** Answers in the order of the queries. Rejects with a coded error (`device-lost`, ...), never hangs. */
  topK(queries: readonly ScoreQuery[]): Promise<TopK[]>
  /** Bytes held beyond the table itself; on the GPU that includes the GPU's copy of it. */
  readonly bytes: number
  /** Milliseconds that the GPU itself worked on the last pass; absent before one, and where it cannot tell. */
  readonly gpuMs?: number | undefined
  close(): void
}

/** Which scorer serves, and why. */
export interface ScorerStatus {
  readonly name: ScorerName
  /** In plain words: why this one serves. */
  readonly reason: string
  /** Median milliseconds of one request on the real table; absent for scorers that could not run. */
  readonly measured: Partial<Record<ScorerName, number>>
  /** Median milliseconds of the GPU's own work in such a request; absent where it cannot tell. */
  readonly gpuMs?: number
  /** Description of the GPU adapter, absent where there is none. */
  readonly adapter?: string
}
