import { tabs, type Tab } from './tabs.ts'

const scorers = ['auto', 'webgpu', 'wasm', 'plain'] as const
const languages = ['en', 'zh'] as const
const themes = ['auto', 'light', 'dark'] as const
const consents = ['granted', 'denied'] as const

export type Language = (typeof languages)[number]

/** The workbench's switches. They stand in the address, so a reload keeps them, a link shares them, and nothing is stored. */
export interface Options {
  /** Address of the bundle's manifest. */
  readonly bundle: string
  /** Whether the bundle is the sample shop's, which has a backend with pages of its own. */
  readonly sample: boolean
  readonly scorer: (typeof scorers)[number]
  readonly language: Language
  readonly theme: (typeof themes)[number]
  readonly consent: (typeof consents)[number]
  /** The panel's view. */
  readonly tab: Tab
}

export const choices = { scorer: scorers, language: languages, theme: themes, consent: consents } as const

/** How the sample shop is asked for in its two sizes. */
export type Size = 'small' | 'large'

/** Which size of the sample shop this is; undefined for a shop of one's own. */
export function sizeOf({ bundle, sample }: Pick<Options, 'bundle' | 'sample'>): Size | undefined {
  return sample ? 'small' : bundle === largeBundle ? 'large' : undefined
}

/** The address of the other sample shop, on its home page. */
export function addressOfSize(address: string, size: Size): string {
  const url = new URL(address)
  if (size === 'large') url.searchParams.set('bundle', largeBundle)
  else url.searchParams.delete('bundle')
  url.hash = ''
  return url.href
}

const sampleBundle = 'bundle/manifest.json'
/** Address of the large sample shop's bundle, which `npm run demo` makes behind the small one. */
export const largeBundle = 'large/bundle/manifest.json'

export function parseOptions(search: string, browserLanguage: string): Options {
  const query = new URLSearchParams(search)
  const one = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T =>
    allowed.find((value) => value === query.get(name)) ?? otherwise
  const bundle = query.get('bundle')
  return {
    bundle: bundle ?? sampleBundle,
    sample: bundle === null,
    scorer: one('scorer', scorers, 'auto'),
    language: one('language', languages, browserLanguage.startsWith('zh') ? 'zh' : 'en'),
    theme: one('theme', themes, 'auto'),
    consent: one('consent', consents, 'granted'),
    tab: one('tab', tabs, 'now'),
  }
}

/** The address with one switch changed. */
export function withOption(address: string, name: keyof typeof choices | 'tab', value: string): string {
  const url = new URL(address)
  url.searchParams.set(name, value)
  return url.href
}
