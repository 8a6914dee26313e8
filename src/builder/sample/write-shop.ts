import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drawItem } from './draw-item.ts'
import { latentDimensions } from './latent.ts'
import type { SampleEvent, SampleItem, SampleShop, SampleShopper } from './sample-shop.ts'

export type WriteStage = 'catalogue' | 'events' | 'truth' | 'pictures'

export interface WriteOptions {
  /** Write `pictures/<id>.svg`; true by default. */
  readonly pictures?: boolean
  /** Called now and then and at the end of every stage. Until a stage ends, its `total` may be an estimate. */
  readonly onProgress?: (done: number, total: number, stage: WriteStage) => void
}

export interface WrittenShop {
  readonly items: number
  readonly events: number
  readonly pictures: number
}

const catalogueColumns = 'id,title,category,brand,price,description,url,image,stock,added,color,material,group'.split(
  ',',
)
/** Of 100,000 shoppers in a log, this many are enough to test with. */
const truthShoppers = 1000
const truthSamples = 200

/**
 * Writes a sample shop into a folder, which is made where it is missing:
 * - `catalogue.csv`: a line for each item, with the columns above; category paths joined by " > ", `added` a UTC day,
 *   `url` the workbench's page of the item, `image` relative to the folder.
 * - `events.jsonl`: a line for each event, `{ user, item?, time, event, quantity?, price?, order?, query? }`, `time` ISO 8601.
 * - `truth.json`: what was hidden. `items`, `shoppers` (the first thousand of the log) and `samples` (fresh shoppers and
 *   their views) have sparse latent vectors by name of dimension: a utility is the inner product of two of them.
 *   `companions` are the true pairs, `trending` and `fresh` lists of ids.
 * - `pictures/<id>.svg`.
 */
export async function writeShop(shop: SampleShop, folder: string, options: WriteOptions = {}): Promise<WrittenShop> {
  const { pictures = true, onProgress = () => {} } = options
  const { items } = shop
  await mkdir(join(folder, 'pictures'), { recursive: true })
  // How many lines a file gets is known when it is written; until then the estimate grows with it.
  const report = (stage: WriteStage, estimate: number) => (done: number, isLast: boolean) =>
    onProgress(done, isLast ? done : Math.max(estimate, done), stage)
  await writeLines(join(folder, 'catalogue.csv'), catalogueLines(items), report('catalogue', items.length + 1))
  const estimate = shop.truth.shoppers * 30
  const events = await writeLines(join(folder, 'events.jsonl'), eventLines(shop.events), report('events', estimate))
  await writeLines(join(folder, 'truth.json'), truthLines(shop), report('truth', 3 * items.length + truthShoppers))
  if (pictures) await writePictures(items, join(folder, 'pictures'), onProgress)
  return { items: items.length, events, pictures: pictures ? items.length : 0 }
}

/** Writes lines in chunks of about half a megabyte; resolves to their number. */
async function writeLines(
  path: string,
  lines: Iterable<string>,
  report: (done: number, isLast: boolean) => void,
): Promise<number> {
  const file = await open(path, 'w')
  let chunk = ''
  let done = 0
  try {
    for (const line of lines) {
      chunk += `${line}\n`
      done++
      if (chunk.length < 500_000) continue
      await file.writeFile(chunk)
      chunk = ''
      report(done, false)
    }
    await file.writeFile(chunk)
  } finally {
    await file.close()
  }
  report(done, true)
  return done
}

async function writePictures(
  items: readonly SampleItem[],
  folder: string,
  onProgress: NonNullable<WriteOptions['onProgress']>,
): Promise<void> {
  const batch = 64
  for (let first = 0; first < items.length; first += batch) {
    const some = items.slice(first, first + batch)
    await Promise.all(some.map((item) => writeFile(join(folder, `${item.id}.svg`), drawItem(item))))
    onProgress(Math.min(first + batch, items.length), items.length, 'pictures')
  }
}

function* catalogueLines(items: readonly SampleItem[]): Generator<string> {
  yield catalogueColumns.join(',')
  for (const item of items) {
    const { id, title, category, brand, price, description, stock, added, color, material, group } = item
    const day = new Date(added).toISOString().slice(0, 10)
    const fields = [id, title, category, brand, price, description, `#/item/${id}`, `pictures/${id}.svg`]
    yield [...fields, stock, day, color, material, group].map(quote).join(',')
  }
}

function quote(value: string | number): string {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function* eventLines(events: Iterable<SampleEvent>): Generator<string> {
  for (const { user, item, time, event, quantity, price, order, query } of events) {
    yield JSON.stringify({ user, item, time: new Date(time).toISOString(), event, quantity, price, order, query })
  }
}

function* truthLines({ seed, days, from, until, items, truth }: SampleShop): Generator<string> {
  const head = { seed, days, from: new Date(from).toISOString(), until: new Date(until).toISOString() }
  yield JSON.stringify({ ...head, dimensions: latentDimensions }).slice(0, -1)
  yield* list('items', items, ({ id }) => ({ id, vector: sparse(truth.itemVector(id)) }))
  const shoppers = Array.from({ length: Math.min(truthShoppers, truth.shoppers) }, (_, index) => truth.shopper(index))
  yield* list('shoppers', shoppers, tellShopper)
  const samples = Array.from({ length: truthSamples }, (_, sample) => truth.sampleShopper(sample))
  yield* list('samples', samples, (sample) => ({ ...tellShopper(sample), views: sample.views }))
  yield* list('companions', truth.companionPairs(), (pair) => pair)
  yield* list('trending', truth.trending, (id) => id)
  yield* list('fresh', truth.fresh, (id) => id)
  yield '}'
}

/** A property of an object whose opening brace and first property are already written. */
function* list<T>(name: string, values: Iterable<T>, tell: (value: T) => unknown): Generator<string> {
  let comma = ''
  yield `, "${name}": [`
  for (const value of values) {
    yield comma + JSON.stringify(tell(value))
    comma = ','
  }
  yield ']'
}

function tellShopper({ id, tastes, vector }: SampleShopper): object {
  return { id, tastes: tastes.map(({ archetype, share }) => ({ archetype, share })), vector: sparse(vector) }
}

/** The numbers that are not 0, by name of dimension, to six decimals. */
function sparse(vector: Float64Array): Record<string, number> {
  const named: Record<string, number> = {}
  vector.forEach((value, at) => {
    if (value !== 0) named[latentDimensions[at]!] = Math.round(value * 1e6) / 1e6
  })
  return named
}
