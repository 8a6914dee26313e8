/** What can be made to go wrong around the recommender's worker. */
export interface Faults {
  /** Every request of the worker fails, as without a network. */
  readonly offline: boolean
  /** Every write to IndexedDB and Cache Storage fails, as on a full disk. */
  readonly full: boolean
  /** A byte of every bundle file that arrives is wrong. */
  readonly broken: boolean
}

export const noFaults: Faults = { offline: false, full: false, broken: false }

/** What the shell saw of its worker. */
export interface ShellReport {
  /** What the worker has fetched, its own scripts included; bytes as they were transferred, 0 where another origin does not tell. */
  readonly files: readonly { readonly url: string; readonly bytes: number }[]
  /** Requests tried while `offline` was on. */
  readonly blocked: number
}

export type ShellRequest =
  | {
      readonly shell: 'start'
      /** Absolute URL of the worker's file. */
      readonly worker: string
      readonly faults: Faults
      /** Files that answer in place of the network, by absolute URL. */
      readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
    }
  | { readonly shell: 'faults'; readonly faults: Faults }
  | { readonly shell: 'lose-gpu' }
  | { readonly shell: 'report' }

export type ShellAnswer =
  | { readonly shell: 'ready' }
  | { readonly shell: 'failed'; readonly reason: string }
  | ({ readonly shell: 'report' } & ShellReport)
