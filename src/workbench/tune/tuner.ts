import type { Settings } from '../../index.ts'
import type { LabSession } from '../lab-session.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { problemOf } from '../problem-of.ts'
import { createStore, type Store } from '../store.ts'
import { changeOf, changedDials, writeDials, type Config } from './config.ts'
import type { DialName } from './dials.ts'
import { presets, type PresetName } from './presets.ts'
import { emptyTuneState, startTuning, type TuneState } from './tune-state.ts'

const pastLimit = 100
/** Rows of each list. */
export const tuneLimit = 12

/** Two configurations, side by side, over the same log. */
export interface Tuner {
  readonly store: Store<TuneState>
  /** Opens the bundle, once. */
  start(): void
  /** Turns one dial of B; `settled` once the pointer lets go of it. */
  turn(name: DialName, value: number, settled: boolean): void
  preset(name: PresetName): void
  undo(): void
  /** Makes B what is compared with. */
  keep(): void
  swap(): void
  reset(): void
  serve(which: 'a' | 'b'): void
  /** A and B as changes of the bundle's settings; none before the bundle is open. */
  changes(): [Partial<Settings>, Partial<Settings>]
  /** What the shop's own requests say of the settings. */
  served(): Partial<Settings>
}

export interface TunerOptions {
  readonly session: LabSession
  /** What the shop's shelves should use has changed. */
  readonly apply: (settings: Partial<Settings>) => void
}

export function createTuner({ session, apply }: TunerOptions): Tuner {
  const store = createStore(emptyTuneState)
  let started = false
  /** B as it was before the dial that is being turned. */
  let before: Config | undefined

  /** One question at a time: what is turned meanwhile is asked when the answer is there. */
  const ask = oneAtATime(async () => {
    const { shop, a, b } = store.state
    if (!shop || !a || !b) return
    const settings = [changeOf(a, shop.settings), changeOf(b, shop.settings)]
    const request = { placement: 'for-you', limit: tuneLimit, settings } as const
    try {
      store.set({ answer: await session.ask((lab) => lab.tune(request)) })
    } catch (error) {
      store.set({ problem: problemOf(error) })
    }
  })

  function change(next: Partial<TuneState>, { settled = true } = {}): void {
    store.set(next)
    void ask()
    if (!settled) return
    write()
    apply(served())
  }

  function setB(b: Config, settled = true): void {
    const { b: last, past } = store.state
    before ??= last
    const changed = settled && before && changedDials(b, before).length > 0
    change({ b, ...(changed && { past: [...past, before!].slice(-pastLimit) }) }, { settled })
    if (settled) before = undefined
  }

  function served(): Partial<Settings> {
    const { shop, served: which } = store.state
    const config = store.state[which]
    return shop && config ? changeOf(config, shop.settings) : {}
  }

  /** The address carries what differs, so a reload keeps it and a link shares it. */
  function write(): void {
    const { a, b, defaults, served: which } = store.state
    if (!a || !b || !defaults) return
    const url = new URL(location.href)
    const parts = { a: writeDials(a, defaults), b: writeDials(b, defaults), serve: which === 'b' ? 'b' : '' }
    for (const [name, text] of Object.entries(parts)) {
      if (text) url.searchParams.set(name, text)
      else url.searchParams.delete(name)
    }
    history.replaceState(history.state, '', url)
  }

  async function open(): Promise<void> {
    try {
      const shop = await session.shop()
      const address = new URLSearchParams(location.search)
      store.set({ ...startTuning(shop, address), problem: undefined, served: address.get('serve') === 'b' ? 'b' : 'a' })
      const settings = served()
      if (Object.keys(settings).length > 0) apply(settings)
      await ask()
    } catch (error) {
      store.set({ problem: problemOf(error) })
    }
  }

  return {
    store,
    start() {
      if (store.state.shop) return
      if (!started) session.watch(() => void ask())
      started = true
      void open()
    },
    turn(name, value, settled) {
      const { b } = store.state
      if (b) setB({ ...b, [name]: value }, settled)
    },
    preset(name) {
      const { defaults } = store.state
      if (defaults) setB({ ...defaults, ...presets[name] })
    },
    undo() {
      const { past } = store.state
      const b = past.at(-1)
      if (b) change({ b, past: past.slice(0, -1) })
    },
    keep: () => change({ a: store.state.b }),
    swap: () => change({ a: store.state.b, b: store.state.a }),
    reset() {
      const { defaults } = store.state
      change({ a: defaults })
      if (defaults) setB(defaults)
    },
    serve: (which) => change({ served: which }),
    served,
    changes() {
      const { shop, a, b } = store.state
      return shop && a && b ? [changeOf(a, shop.settings), changeOf(b, shop.settings)] : [{}, {}]
    },
  }
}
