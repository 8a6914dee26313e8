import type { Bundle } from '../src/bundle/bundle.ts'
import type { Manifest, ManifestFile } from '../src/bundle/manifest.ts'
import { openBundle } from '../src/bundle/open-bundle.ts'
import type { Settings } from '../src/core/settings.ts'
import { codeOf, WindowshopError, type ErrorCode } from '../src/errors.ts'
import type { Shop } from '../src/pipeline/shop.ts'
import type { SessionEncoder } from '../src/models/session-encoder.ts'
import type { OpenOptions, Status } from '../src/protocol.ts'
import { allocateTable } from '../src/scoring/allocate-table.ts'
import type { ScorerStatus } from '../src/scoring/scorer.ts'
import { startScorer } from '../src/scoring/start-scorer.ts'
import * as wasm from '../src/scoring/wasm-scorer.ts'
import type { BundleStore } from './bundle-store.ts'
import type { LateModels, LateParts, LateScorers } from './load-late.ts'
import type { ChangingFiles, ShopDesk } from './shop-desk.ts'
import { within } from './within-deadline.ts'
import { zeroVector } from '../src/core/zero-vector.ts'

export interface ServedShopOptions extends Pick<OpenOptions, 'scorer' | 'scorers' | 'headOnly'> {
  /** Changes of the bundle's own settings. */
  readonly settings?: Partial<Settings>
  /** What is wrong with those that were given; told as long as nothing else is wrong. */
  readonly problem?: Status['problem']
  /** Fetches the late scorers, from their address; without them the scorer that starts goes on serving. */
  readonly loadScorers?: ((url: string) => Promise<LateScorers>) | undefined
  /** Fetches what opens encoders, from beside the scorers; without it the age of events weighs them. */
  readonly loadModels?: ((scorers: string) => Promise<LateModels>) | undefined
  /** Fetches the late parts, which read rules and stock. */
  readonly loadLate: () => Promise<LateParts>
  readonly store: BundleStore
  /** `bundle`: another bundle, or more of it, serves from now on. `shop`: other rules, stock or prices hold. */
  readonly changed: (cause: 'bundle' | 'shop') => void
}

type Tier = ManifestFile['tier']

/** Waits before the lost GPU is tried again; after the last one it is left alone. */
const retriesMs = [5_000, 30_000, 120_000]
/** The choice of a scorer measures, so it waits until the first shelves are out, and until no request is under way; not for ever. */
const idleMs = 300
const idleTurns = 10
/** A kept bundle's encoder may take so long: a reload shows the list that was there before. */
const encoderMs = 500

/**
 * The shop that answers: the kept bundle at once, then the published one, head first. A shop is replaced whole, by one
 * assignment; requests under way finish on the one that they began with.
 */
export class ServedShop {
  readonly timings: Record<string, number> = {}
  problem: Status['problem']
  scorerStatus: ScorerStatus | undefined
  readonly #options: ServedShopOptions
  readonly #tiers = new Set<Tier>()
  #current: Shop | undefined
  #settle = () => {}
  /** There is a shop, or there will be none. */
  readonly #settled = new Promise<void>((resolve) => (this.#settle = resolve))
  #finish = () => {}
  /** There are all items that there will be for now. */
  readonly #finished = new Promise<void>((resolve) => (this.#finish = resolve))
  #lost = 0
  #desk: ShopDesk | undefined
  #files: ChangingFiles = {}
  #late: Promise<LateScorers> | undefined
  readonly #encoders = new WeakMap<Bundle, SessionEncoder>()
  /** Requests under way, by the shop that answers them. */
  readonly #busy = new Map<Shop, number>()

  constructor(options: ServedShopOptions) {
    this.#options = options
  }

  get current(): Shop | undefined {
    return this.#current
  }

  get tiers(): Status['tiers'] {
    const has = (tier: Tier) => this.#tiers.has(tier)
    const { bundle } = this.#current ?? {}
    return { head: has('head'), table: has('table'), display: has('display'), models: this.#encoders.has(bundle!) }
  }

  /** Never rejects: what goes wrong is told by `problem`, and what serves goes on serving. */
  async load(): Promise<void> {
    const { store } = this.#options
    const publishing = this.#timed('manifest', store.published())
    publishing.catch(() => undefined)
    const kept = await store.kept()
    if (kept) await this.#attempt(() => this.#serve(kept, { kept: true }))
    await this.#attempt(async () => {
      const manifest = await publishing
      if (kept && kept.generation === manifest.generation && manifest.sequence < kept.sequence) {
        const [expected, got] = [`build ${kept.sequence} or later`, manifest.sequence]
        throw new WindowshopError('bundle-stale', { where: 'manifest.json', expected, got })
      }
      const whole = this.#options.headOnly ? this.#tiers.has('head') : this.#tiers.has('table')
      if (!whole || manifest.bundle !== this.#current?.bundle.manifest.bundle) await this.#serve(manifest)
    })
    this.#settle()
    this.#finish()
    if (this.#current) void this.#choose(true)
  }

  /** The shop, as soon as there is one; undefined when there will be none, or after `ms` milliseconds. */
  async within(ms: number): Promise<Shop | undefined> {
    if (!this.#current) await within(ms, this.#settled)
    return this.#current
  }

  /** Waits, at most `ms` milliseconds, until no more items are on their way. */
  async whole(ms: number): Promise<void> {
    await within(ms, this.#finished)
  }

  /** Runs a request; when the GPU fails in the middle of it, it runs once more on the scorer that takes over. */
  async answer<T>(shop: Shop, request: (shop: Shop) => Promise<T>): Promise<T> {
    this.#busy.set(shop, (this.#busy.get(shop) ?? 0) + 1)
    try {
      return await request({ ...shop, encoder: this.#encoders.get(shop.bundle) })
    } catch (error) {
      if (shop.scorer.name !== 'webgpu') throw error
      return await this.answer(this.#withoutGpu(shop, codeOf(error, 'device-lost')), request)
    } finally {
      const left = this.#busy.get(shop)! - 1
      if (left > 0) this.#busy.set(shop, left)
      else this.#busy.delete(shop)
      if (left === 0 && shop !== this.#current) shop.scorer.close()
    }
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.problem = this.#options.problem
    try {
      await work()
    } catch (error) {
      this.problem = toProblem(error)
    }
  }

  /** Head first, but for a kept bundle: it is whole in milliseconds, and a reload shows the list that was there before. */
  async #serve(manifest: Manifest, { kept = false } = {}): Promise<void> {
    const { store, headOnly } = this.#options
    const rest: Tier[] = headOnly ? [] : ['table', 'display']
    const more = manifest.files.some(({ tier }) => rest.includes(tier))
    const fetchOthers = () => this.#timed('table', store.files(manifest, rest))
    // Kept files do not take bandwidth from the head.
    const keptOthers = kept && more ? fetchOthers() : undefined
    keptOthers?.catch(() => undefined)
    const install = async (files: ReadonlyMap<string, Uint8Array>, tiers: readonly Tier[]) => {
      const bundle = this.#open(manifest, files, availability)
      const encoding = this.#openEncoder(bundle)
      if (kept) await Promise.race([encoding, pause(encoderMs)])
      this.#install(bundle, tiers)
      await this.#keep(manifest, files)
    }
    const [{ availability }, head] = await this.#timed(
      'head',
      Promise.all([this.#readChanging(manifest, kept), store.files(manifest, ['head'])]),
    )
    if (!more) return install(head, ['head', ...rest])
    const serveHead = () => this.#install(this.#open(manifest, head, availability), ['head'])
    if (!this.#current && !kept) serveHead()
    const others = await (keptOthers ?? fetchOthers()).catch((error: unknown) => {
      if (!this.#current) serveHead()
      throw error
    })
    await install(new Map([...head, ...others]), ['head', ...rest])
  }

  /** The bundle of before is kept until this one has answered. */
  async #keep(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    await this.answer(this.#current!, ({ bundle: { table, unavailable }, scorer }) =>
      scorer.topK([{ vector: zeroVector(table), mask: unavailable, k: 1 }]),
    )
    await this.#options.store.keep(manifest, files)
  }

  /** Takes the bundle's encoder into service from the next request on. Never rejects: without it the age of events weighs them. */
  async #openEncoder(bundle: Bundle): Promise<void> {
    const { store, scorers = '', loadModels, headOnly } = this.#options
    if (!bundle.manifest.encoder || headOnly || !loadModels) return
    try {
      const { openEncoder } = await loadModels(scorers)
      this.#encoders.set(bundle, await openEncoder(bundle, store, scorers))
    } catch (error) {
      this.problem = toProblem(error)
    }
  }

  /** Where rules and stock are looked after, opened when there is something to look after. */
  async desk(): Promise<ShopDesk> {
    const { ShopDesk } = await this.#options.loadLate()
    return (this.#desk ??= new ShopDesk(this.#files.availability, this.#current?.bundle))
  }

  /** Without the reader of its rules a bundle does not serve: what they hide would be shown. Price levels wait for it, too. */
  async #readChanging(manifest: Manifest, kept: boolean): Promise<ChangingFiles> {
    const { store } = this.#options
    const [availability, rules] = await Promise.all([store.availability(manifest, kept), store.rules(manifest, kept)])
    this.#files = { availability, rules }
    const { priceSensitivity } = { ...manifest.settings, ...this.#options.settings }
    if (rules || priceSensitivity) await this.desk()
    this.#desk?.read(this.#files)
    return this.#files
  }

  /** What holds beside the bundle. */
  get ruled(): Partial<Pick<ShopDesk, 'rules' | 'revision' | 'problem'>> {
    return this.#desk ?? {}
  }

  /** A broken availability file must not take the bundle down. */
  #open(published: Manifest, files: ReadonlyMap<string, Uint8Array>, availability: Uint8Array | undefined): Bundle {
    const start = performance.now()
    const { settings } = this.#options
    const manifest = { ...published, settings: { ...published.settings, ...settings } as Manifest['settings'] }
    try {
      return openBundle(manifest, files, { allocate: allocateTable, ...(availability && { availability }) })
    } catch (error) {
      if (!availability) throw error
      return openBundle(manifest, files, { allocate: allocateTable })
    } finally {
      this.timings['open'] = performance.now() - start
    }
  }

  #install(bundle: Bundle, tiers: readonly Tier[]): void {
    this.#desk?.serve(bundle)
    this.#replace(...started(bundle, 'started at once; measurements follow'))
    this.#tiers.clear()
    for (const tier of tiers) this.#tiers.add(tier)
    this.#settle()
    if (this.#tiers.has('table')) this.#finish()
    this.#options.changed('bundle')
  }

  #replace(shop: Shop, status: ScorerStatus): void {
    const previous = this.#current
    this.#current = shop
    this.scorerStatus = status
    if (previous && !this.#busy.has(previous)) previous.scorer.close()
  }

  /** `recall`: what was measured on an earlier page counts. */
  async #choose(recall: boolean): Promise<void> {
    for (let turn = 0; turn === 0 || (turn < idleTurns && this.#busy.size > 0); turn++) {
      await pause(idleMs)
    }
    const shop = this.#current
    const { scorer: force = 'auto', scorers = '', loadScorers, loadLate, store } = this.#options
    if (!shop || !loadScorers) return
    try {
      const { chooseScorer } = await this.#loadOnce(() => loadScorers(scorers))
      const { recallChoice, rememberChoice } = await loadLate()
      await this.desk()
      const known = recall ? recallChoice(await store.recall(), shop.bundle) : undefined
      const { scorer, status } = await this.#timed('choose', chooseScorer(shop.bundle.table, { force, known, wasm }))
      if (force === 'auto' && status !== known) await store.remember(rememberChoice(status, shop.bundle))
      if (shop === this.#current) this.#replace({ bundle: shop.bundle, scorer }, status)
      else scorer.close()
    } catch (error) {
      const wanted = force === 'auto' ? 'no other could be tried' : `${force} was asked for`
      this.scorerStatus = { ...this.scorerStatus!, reason: `${wanted}: ${String(error)}` }
    }
  }

  /** A second choice asks the network for nothing, unless the first could not. */
  #loadOnce(load: () => Promise<LateScorers>): Promise<LateScorers> {
    this.#late ??= load().catch((error: unknown) => {
      this.#late = undefined
      throw error
    })
    return this.#late
  }

  #withoutGpu(shop: Shop, code: ErrorCode): Shop {
    if (shop === this.#current) {
      const retry = retriesMs[this.#lost++]
      const outlook = retry === undefined ? 'it is not tried again' : `it is tried again in ${retry / 1000} s`
      this.#replace(...started(shop.bundle, `the GPU failed (${code}): ${outlook}`))
      if (retry !== undefined) setTimeout(() => void this.#choose(false), retry)
    }
    return this.#current!
  }

  async #timed<T>(stage: string, work: Promise<T>): Promise<T> {
    const start = performance.now()
    try {
      return await work
    } finally {
      this.timings[stage] = performance.now() - start
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function toProblem(error: unknown): NonNullable<Status['problem']> {
  return { code: codeOf(error, 'bundle-malformed'), message: String(error) }
}

/** A shop that can answer now. */
function started(bundle: Bundle, reason: string): [Shop, ScorerStatus] {
  const scorer = startScorer(bundle.table)
  return [
    { bundle, scorer },
    { name: scorer.name, reason, measured: {} },
  ]
}
