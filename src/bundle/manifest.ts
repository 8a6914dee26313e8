import * as v from 'valibot'
import { eventKinds, type EventKind } from '../core/event.ts'
import { parseJson } from '../core/parse-json.ts'
import { WindowshopError } from '../errors.ts'

/** Limits checked before anything is allocated. */
export const limits = {
  manifestBytes: 1 << 20,
  shardBytes: 4 << 20,
  items: 1 << 24,
  dims: 256,
  files: 4096,
} as const

const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max))
export const between = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max))
const weight = between(-1e6, 1e6)
const positive = between(Number.MIN_VALUE, 1e6)
export const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
const hex = (length: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${length}}$`)))
/** A plain file name: content-addressed files lie beside the manifest, nowhere else. */
const fileName = v.pipe(v.string(), v.regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{0,127}$/))

/** Checked elsewhere, or by nobody. */
export const anything = v.unknown()
/** What people read, names of numbers and texts: no code of the page or the worker does, so that none checks it. */
const facts = anything as v.GenericSchema<Record<string, number | string>>

type Entries = Readonly<Record<string, v.GenericSchema>>
type Optional<T extends Entries> = { [K in keyof T]: v.OptionalSchema<T[K], undefined> }

function optional<T extends Entries>(entries: T): Optional<T> {
  return Object.fromEntries(Object.entries(entries).map(([name, schema]) => [name, v.optional(schema)])) as Optional<T>
}

const strengths = Object.fromEntries(eventKinds.map((kind) => [kind, weight])) as Record<EventKind, typeof weight>

const settings = {
  session: weight,
  profile: weight,
  collaborative: weight,
  content: weight,
  popularity: weight,
  trend: weight,
  newness: weight,
  /** Older bundles do not know it. */
  priceSensitivity: v.optional(weight, 0),
  /** Shorter ones would overflow within a day. */
  halfLifeDays: between(0.01, 1e6),
  sessionGapMinutes: positive,
  sessionLength: v.pipe(count(100), v.minValue(1)),
  sessionDecay: between(Number.MIN_VALUE, 1),
  strengths: v.strictObject(optional(strengths)),
  repeatBonus: v.pipe(v.array(weight), v.maxLength(100)),
  diversity: between(0, 1),
  categoryCap: count(512),
}

/** Settings of which each may be left out: those of one request, or changes of the defaults. */
export const settingsChanges = v.strictObject(optional(settings))

const file = v.strictObject({
  /** Name of the file, beside the manifest. */
  url: fileName,
  bytes: v.pipe(count(limits.shardBytes), v.minValue(1)),
  sha256: hex(64),
  role: v.picklist(['items', 'vocabulary', 'terms', 'model', 'weights']),
  tier: v.picklist(['head', 'table', 'display', 'models']),
  /** For role `items`: the shard holds rows from `from` up to, not including, `to`. */
  from: v.optional(count(limits.items)),
  to: v.optional(count(limits.items)),
})

/** The schema of `manifest.json`, format `windowshop/1`. */
export const manifestSchema = v.strictObject({
  format: v.picklist(['windowshop/1']),
  /** Hash of everything below, 16 hex digits. */
  bundle: hex(16),
  /** Bundles of one generation share one vector space and row order. */
  generation: hex(16),
  /** Rises with every build of a generation: a lower one than the one that is kept is refused. */
  sequence: v.optional(count(0xffff_ffff), 0),
  shop: text(200),
  /** ISO 4217. */
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  /** BCP 47. */
  locale: v.pipe(v.string(), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)),
  items: v.pipe(count(limits.items), v.minValue(1)),
  /** Rows of the head tier. */
  head: v.pipe(count(limits.items), v.minValue(1)),
  segments: v.pipe(
    v.array(
      v.strictObject({
        name: v.picklist(['collaborative', 'content']),
        dims: v.pipe(count(limits.dims), v.minValue(1)),
      }),
    ),
    v.maxLength(2),
  ),
  dtype: v.picklist(['int8']),
  /** Names of the prior columns, in the order in which they are stored. */
  priors: v.pipe(v.array(v.picklist(['popularity', 'trend', 'newness'])), v.maxLength(3)),
  files: v.pipe(v.array(file), v.maxLength(limits.files)),
  /** What weighs the events of a session; without it their age does. */
  encoder: v.optional(
    v.strictObject({
      /** `model.json` in TensorFlow.js' format, of role `model`; it names files of role `weights`. */
      model: fileName,
      /** Ours, which needs no TensorFlow.js, or another with the same inputs and output. */
      kind: v.picklist(['windowshop', 'foreign']),
      /** Events that it looks at, most recent ones. */
      length: v.pipe(count(100), v.minValue(1)),
    }),
  ),
  /** Ways from files of older bundles to files of this one, for those who have kept the older ones. */
  deltas: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          from: fileName,
          to: fileName,
          /** The delta's own file, and its size. */
          url: fileName,
          bytes: count(limits.shardBytes),
          /** Size of `to`. */
          size: count(limits.shardBytes),
        }),
      ),
      v.maxLength(limits.files),
    ),
  ),
  /** Files that change in place. */
  availability: v.optional(v.strictObject({ url: fileName })),
  rules: v.optional(v.strictObject({ url: fileName })),
  settings: v.strictObject(settings),
  /** What the bundle was learned from: counts, in round numbers, and days. For people to read. */
  data: facts,
  /** Measured on validation data by the builder. For people to read. */
  quality: facts,
})

export type Manifest = v.InferOutput<typeof manifestSchema>
export type ManifestFile = Manifest['files'][number]

/** Reads and checks a manifest; throws `bundle-version`, `bundle-limits` or `bundle-malformed`. */
export function parseManifest(json: string): Manifest {
  if (json.length > limits.manifestBytes) {
    throw new WindowshopError('bundle-limits', {
      where: 'manifest.json',
      expected: `at most ${limits.manifestBytes} characters`,
      got: json.length,
    })
  }
  const value = parseJson(json)
  if (value === undefined) {
    throw new WindowshopError('bundle-malformed', { where: 'manifest.json', expected: 'JSON', got: json.slice(0, 40) })
  }
  const format = (value as { format?: unknown } | null)?.format
  if (typeof format === 'string' && format !== 'windowshop/1') {
    throw new WindowshopError('bundle-version', {
      where: 'manifest.json',
      expected: 'windowshop/1',
      got: format.slice(0, 40),
    })
  }
  const result = v.safeParse(manifestSchema, value)
  if (!result.success) {
    const issue = result.issues[0]
    throw new WindowshopError('bundle-malformed', {
      where: 'manifest.json',
      column: placeOf(issue) ?? 'manifest',
      expected: expectedOf(issue),
      got: issue.received.slice(0, 80),
    })
  }
  checkRanges(result.output)
  return result.output
}

/** Where in the value an issue lies: `files.3.url`. */
export function placeOf({ path }: v.BaseIssue<unknown>): string | undefined {
  return path?.map(({ key }) => String(key)).join('.')
}

/** What a schema wanted, in words; schemas of our own say it themselves. */
export function expectedOf({ type, expected, message }: v.BaseIssue<unknown>): string {
  return type === 'custom' ? message : (expected ?? message)
}

/** Every row of every tier stands in exactly one shard, and the head is the first. */
function checkRanges(manifest: Manifest): void {
  const fail = (column: string, expected: string, got: string | number): never => {
    throw new WindowshopError('bundle-malformed', { where: 'manifest.json', column, expected, got })
  }
  if (manifest.head > manifest.items) fail('head', `at most ${manifest.items}`, manifest.head)
  const names = manifest.segments.map((segment) => segment.name)
  if (names.length === 0 || new Set(names).size < names.length)
    fail('segments', 'one or two distinct names', names.join())
  if (new Set(manifest.files.map((entry) => entry.url)).size < manifest.files.length)
    fail('files', 'distinct urls', 'a url twice')
  const dims = manifest.segments.reduce((sum, segment) => sum + segment.dims, 0)
  const ends = { head: 0, table: manifest.head, display: manifest.head }
  for (const entry of manifest.files) {
    const { role, from, to, tier } = entry
    if (role !== 'items' || tier === 'models') continue
    if (from === undefined || to === undefined || to <= from || from !== ends[tier])
      return fail('files', `a ${tier} shard from row ${ends[tier]}`, `${from} to ${to}`)
    // A table is allocated before it is filled: no more rows than their numbers, or lengths of texts, have bytes for.
    const rowBytes = tier === 'display' ? 6 : dims + 4 * manifest.segments.length
    if ((to - from) * rowBytes > entry.bytes) return fail('files', `bytes for rows ${from} to ${to}`, entry.bytes)
    ends[tier] = to
  }
  if (ends.head !== manifest.head) fail('files', `head shards to row ${manifest.head}`, ends.head)
  if (ends.table !== manifest.items) fail('files', `table shards to row ${manifest.items}`, ends.table)
  if (ends.display !== manifest.items) fail('files', `display shards to row ${manifest.items}`, ends.display)
}
