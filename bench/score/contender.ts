import type { ItemTable } from '../../src/bundle/item-table.ts'
import type { ScoreQuery } from '../../src/scoring/scorer.ts'

/** What all contenders search: the same numbers, unquantised and quantised. */
export interface Problem {
  readonly items: number
  readonly dims: number
  readonly k: number
  /** items x dims, row-major. */
  readonly vectors: Float32Array
  /** The same, quantised. */
  readonly table: ItemTable
  /** Priors of all rows. */
  readonly bias: Float32Array<ArrayBuffer>
  /** The priors with -1e30 where the mask of all queries forbids a row, for contenders that know no masks. */
  readonly maskedBias: Float32Array<ArrayBuffer>
  /** Batches, all of one size; vectors are float64, masks and biases those above. */
  readonly batches: readonly (readonly ScoreQuery[])[]
  /** Throws when building an index has taken longer than it may. */
  readonly checkBuildTime: () => void
}

/** Something that answers batches of queries. */
export interface Contender {
  readonly name: string
  /** Milliseconds from the vectors to ready, compilation included. */
  readonly buildMs: number
  /** Bytes held: the table in this contender's form and its own buffers. */
  readonly bytes: number
  /** Resolves to the rows of each query, best first; to nothing for a floor, which only reads. */
  run(batch: readonly ScoreQuery[]): Promise<readonly ArrayLike<number>[]>
  close(): void
}

export type CreateContender = (problem: Problem) => Promise<Contender>

/** Milliseconds that `work` takes, and what it makes. */
export async function timed<T>(work: () => T | Promise<T>): Promise<[made: T, ms: number]> {
  const start = performance.now()
  const made = await work()
  return [made, performance.now() - start]
}
