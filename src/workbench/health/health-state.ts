import type { TrackResult } from '../../index.ts'
import type { ProblemCode } from '../problem-texts.ts'

/** A raw signal of the page, and what became of it. */
export interface Signal {
  readonly at: number
  /** As JSON, shortened. */
  readonly raw: string
  readonly result: TrackResult | undefined
}

export const faultNames = ['gpu', 'worker', 'storage', 'network', 'bundle'] as const
export type FaultName = (typeof faultNames)[number]

/** What a fault did, and how the recommender came through it. */
export interface Recovery {
  readonly at: number
  readonly fault: FaultName
  readonly on: boolean
  /** Milliseconds until the next list was there. */
  readonly milliseconds: number
  readonly scorer: string
  /** Whether it was the list of before. */
  readonly same: boolean
  /** What the status names, or why there was no list. */
  readonly problem: ProblemCode | undefined
}

export interface Device {
  readonly heap: number | undefined
  readonly used: number | undefined
  readonly quota: number | undefined
  readonly databases: readonly string[]
  readonly caches: readonly string[]
  readonly serviceWorkers: number
  readonly tabs: number
  readonly files: readonly { readonly url: string; readonly bytes: number }[]
  readonly starts: number
}

export interface HealthState {
  readonly device: Device | undefined
  readonly recoveries: readonly Recovery[]
  readonly trying: FaultName | undefined
  /** Faults that last until they are taken back. */
  readonly on: Readonly<Record<'storage' | 'network' | 'bundle', boolean>>
  /** Milliseconds of the last answers: in the worker, and from the page there and back. */
  readonly answers: readonly number[]
  readonly roundTrips: readonly number[]
  readonly signals: readonly Signal[]
}

export const emptyHealthState: HealthState = {
  device: undefined,
  recoveries: [],
  trying: undefined,
  on: { storage: false, network: false, bundle: false },
  answers: [],
  roundTrips: [],
  signals: [],
}
