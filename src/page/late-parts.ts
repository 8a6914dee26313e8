import type { TrackResult } from '../protocol.ts'

/** One event, as its source reported it. */
export interface Heard {
  /** The adapter's name: `data-layer`, `shopify`, ...; `own` for what the page told `track` itself. */
  readonly source: string
  readonly entry: unknown
  /** Milliseconds since the epoch. */
  readonly time: number
}

type Track = (entry: unknown) => Promise<TrackResult>

/**
 * Where all events of a page come together. Until `windowshop.extras.js` is there, what is heard is recorded at once and
 * remembered in `heard`; from then on `hear` is that file's, which knows whether another source has said the same.
 */
export interface Ears {
  hear: (source: string, entry: unknown) => Promise<TrackResult>
  readonly heard: Heard[]
  /** DOM events of shop systems; whoever understands them replaces `push`. */
  readonly early: Event[]
  /** Records an event; in a page that is rendered ahead of its visit only when the visit comes. */
  readonly track: Track
}

/** What is remembered until then; a page that never gets the file must not hoard. */
const mostHeard = 200

/** Events of Shopify's themes and of WooCommerce's blocks; all bubble. */
const earlyEvents = [
  'shopify:product:view',
  'shopify:cart:view',
  'shopify:cart:lines-update',
  'shopify:search:update',
  'wc-blocks_added_to_cart',
  'wc-blocks_removed_from_cart',
]

/** Listens from now on. */
export function openEars(record: Track): Ears {
  const ears: Ears = {
    heard: [],
    early: [],
    async track(entry) {
      if ((document as { prerendering?: boolean }).prerendering)
        await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve))
      return record(entry)
    },
    hear(source, entry) {
      if (ears.heard.length < mostHeard) ears.heard.push({ source, entry, time: Date.now() })
      return ears.track(entry)
    },
  }
  for (const name of earlyEvents) addEventListener(name, (event) => ears.early.push(event))
  return ears
}
