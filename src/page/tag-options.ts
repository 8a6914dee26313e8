import type { Consent } from '../protocol.ts'

/** What the script tag, or the queued command `start`, may say. */
export interface TagOptions {
  /** `data-bundle`: URL of the manifest, relative to the page; `/windowshop/manifest.json` by default. */
  readonly bundle: string
  /** `data-consent`: `granted`, `denied` or `unknown`, the default: nothing is written until it is granted. */
  readonly consent: Consent
  /** `data-gpc`: `ignore`, where the shop has decided so; by default Global Privacy Control means `denied`. */
  readonly globalPrivacyControl: 'deny' | 'ignore'
  /** `data-scorer`: forces `webgpu`, `wasm` or `plain`; `auto`, the default, measures. */
  readonly scorer: 'auto' | 'webgpu' | 'wasm' | 'plain'
  /** `data-worker`: URL of the worker file; `windowshop.worker.js` beside the script by default. */
  readonly worker: string
  /** `data-capture`: names of the adapters that read the page's events; `all` by default, `off`: none. */
  readonly capture: string
  /** `data-layer-name`: the global that holds the data layer; `dataLayer` by default. */
  readonly layerName: string
  /** Only by `start`: a function that asks the shop for live prices and visibility; see `RecommenderOptions`. */
  readonly hydrate?: (ids: readonly string[]) => never
  /** All that was given, for what is loaded later. */
  readonly given: Readonly<Record<string, unknown>>
  /** `data-shelves`: `off` leaves `<windowshop-shelf>` undefined. */
  readonly shelves: string
}

/**
 * The options of the page, by priority: the script tag's attributes, the first queued `start` command (for tag managers,
 * which drop attributes), the defaults. A value outside its list counts as not given.
 */
export function readTagOptions(script: HTMLScriptElement | null, started: unknown): TagOptions {
  const given = { ...(typeof started === 'object' ? started : {}), ...script?.dataset } as Record<string, unknown>
  const text = (name: string, fallback: string) => (typeof given[name] === 'string' ? given[name] : fallback)
  const oneOf = <T extends string>(name: string, allowed: readonly [T, ...T[]]) =>
    allowed.find((value) => value === given[name]) ?? allowed[0]
  return {
    given,
    bundle: text('bundle', '/windowshop/manifest.json'),
    consent: oneOf('consent', ['unknown', 'granted', 'denied']),
    scorer: oneOf('scorer', ['auto', 'webgpu', 'wasm', 'plain']),
    worker: resolve(text('worker', 'windowshop.worker.js'), script?.src || document.baseURI),
    globalPrivacyControl: oneOf('gpc', ['deny', 'ignore']),
    capture: text('capture', 'all'),
    layerName: text('layerName', 'dataLayer'),
    shelves: text('shelves', 'on'),
    ...(typeof given['hydrate'] === 'function' && { hydrate: given['hydrate'] as NonNullable<TagOptions['hydrate']> }),
  }
}

function resolve(url: string, base: string): string {
  return URL.canParse(url, base) ? new URL(url, base).href : url
}
