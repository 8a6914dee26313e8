import { hasBit } from '../../core/bitmask.ts'
import type { EventRecord } from '../../core/event.ts'
import { createFold } from '../../core/fold.ts'
import type { Settings } from '../../core/settings.ts'
import { shopperItems } from '../../core/shopper-items.ts'
import { answerPage } from '../../pipeline/answer-page.ts'
import { plan } from '../../pipeline/plan.ts'
import { priceFit } from '../../pipeline/price-fit.ts'
import { priorBias } from '../../pipeline/prior-bias.ts'
import type { Shop } from '../../pipeline/shop.ts'
import { shopperRows } from '../../pipeline/shopper-rows.ts'
import { userSpace } from '../../pipeline/user-space.ts'
import { exactScore } from '../../scoring/exact-score.ts'
import type { CatalogueItem } from '../catalogue.ts'
import type { CleanLine } from '../clean/clean-log.ts'
import { openGeneration, type Generation } from '../generation/generation.ts'
import { dayMs } from '../learn/interactions.ts'
import { openShop } from '../open-shop.ts'
import type { BundleColumns } from '../pack-columns.ts'
import { silent } from '../progress.ts'
import { assembleBundle, type AssembleWithEncoder } from '../with-encoder.ts'
import type { FitOptions, ListingModel, Model, Shopper, Training } from './model.ts'
import type { Sequences } from './sequences.ts'

/** Where the data has no times, its sequences are spread over so many days, their events a minute apart. */
const spreadDays = 90
const minute = 60_000

/** What a shop would ship: a bundle learned from the training alone, quantised, asked through the pipeline of the page. */
export function servedModel(items: readonly CatalogueItem[], options: AssembleWithEncoder = {}): Model<ListingModel> {
  return {
    name: 'windowshop',
    async fit(training, fitting) {
      const { shop, bytes } = await openShop(await learnServed({ training, items }, options, fitting))
      return { ...serve(shop, items), bytes }
    },
  }
}

/** What such a bundle ships. */
export async function learnServed(
  { training, items }: { readonly training: Training; readonly items: readonly CatalogueItem[] },
  options: AssembleWithEncoder,
  { seed, onProgress }: FitOptions,
): Promise<BundleColumns> {
  const lines = toLines(training, items)
  const { fresh } = training
  const added = lines.at(-1)?.time
  const dated = fresh ? items.map((item, row) => (fresh.has(row) ? { ...item, added } : item)) : items
  const listed = trimCatalogue(dated, lines)
  const learning = options.learning && { ...options.learning, seed }
  const { columns } = await assembleBundle(
    { items: listed, lines },
    { ...options, ...(learning && { learning }) },
    onProgress ? { ...silent, stage: () => onProgress } : silent,
  )
  return columns
}

/** The same, built in two steps: without the last `days` of the training, and then as what goes on from there. */
export function continuedModel(
  items: readonly CatalogueItem[],
  options: AssembleWithEncoder,
  days: number,
): Model<ListingModel> {
  return {
    name: 'windowshop-continued',
    async fit(training) {
      const lines = toLines(training, items)
      const before = (lines.at(-1)?.time ?? 0) - days * dayMs
      const learn = async (known: readonly CleanLine[], generation?: Generation) => {
        const about = { items: trimCatalogue(items, known), lines: known }
        return openShop((await assembleBundle(about, { ...options, generation }, silent)).columns)
      }
      const earlier = await learn(lines.filter(({ time }) => time <= before))
      const { shop, bytes } = await learn(lines, openGeneration({ ...earlier, bundle: earlier.shop.bundle }))
      return { ...serve(shop, items), bytes }
    },
  }
}

/** Asks a shop for the for-you shelf, by `settings` or the bundle's own; `items` are the catalogue's by evaluation's rows. */
export function serve(shop: Shop, items: readonly CatalogueItem[], settings?: Settings): Omit<ListingModel, 'bytes'> {
  const { bundle } = shop
  const rowOf = new Map(items.map(({ id }, row) => [id, row]))
  const evaluationRows = Array.from({ length: bundle.table.items }, (_, row) => rowOf.get(bundle.idOf(row)))
  const open = (shopper: Shopper) => {
    const fold = createFold()
    fold.append(toRecords(shopper, items))
    return { fold, now: shopper.now ?? minute * (shopper.rows.length + 1) }
  }
  const recommend = async (shopper: Shopper, limit: number, hidden: ReadonlySet<number>) => {
    const { fold, now } = open(shopper)
    const exclude = [...hidden].flatMap((row) => items[row]?.id ?? [])
    const request = { placement: 'for-you', limit, exclude, reasons: 1, ...(settings && { settings }) } as const
    const [shelf] = await answerPage(shop, fold, [request], now)
    return shelf && 'items' in shelf ? shelf.items.flatMap(({ card }) => rowOf.get(card.id) ?? []) : []
  }
  const score = async (shopper: Shopper, scores: Float64Array) => {
    scores.fill(-Infinity)
    const { fold, now } = open(shopper)
    const own = shopperItems(fold.counted)
    const used = settings ?? bundle.manifest.settings
    const scan = plan({
      bundle,
      fold,
      shopper: own,
      rows: shopperRows(bundle, own),
      request: { placement: 'for-you' },
      settings: used,
      space: await userSpace(shop, fold, used, now),
      now,
    })
    const prices = priceFit({ bundle, fold, settings: used, now })
    if (scan.from !== 'scan') return
    const query = { vector: scan.vector, bias: priorBias(bundle, scan.priors, prices) }
    for (const [row, to] of evaluationRows.entries()) {
      if (to === undefined || hasBit(scan.mask, row)) continue
      scores[to] = exactScore(bundle.table, query, row) + (scan.bonuses.get(row)?.bonus ?? 0)
    }
  }
  return { recommend, score }
}

function toRecords({ rows, times, kinds }: Shopper, items: readonly CatalogueItem[]): EventRecord[] {
  return Array.from(rows, (row, at) => ({
    seq: at + 1,
    id: String(at),
    profile: 'evaluation',
    time: times?.[at] ?? minute * (at + 1),
    kind: kinds?.[at] ?? 'view_item',
    item: items[row]?.id ?? `unlisted ${row}`,
  }))
}

/** The training as the lines of a cleaned log, oldest first; every sequence is a customer. */
function toLines({ sequences }: Training, items: readonly CatalogueItem[]): CleanLine[] {
  const timeOf = timesOf(sequences)
  const lines: CleanLine[] = []
  const { offsets, rows, kinds } = sequences
  for (let s = 0; s + 1 < offsets.length; s++) {
    for (let at = offsets[s]!; at < offsets[s + 1]!; at++) {
      const item = items[rows[at]!]
      if (!item) continue
      lines.push({
        line: at + 1,
        user: String(s),
        item: item.id,
        time: timeOf(s, at),
        kind: kinds?.[at] ?? 'view_item',
        quantity: 1,
        price: undefined,
        order: undefined,
      })
    }
  }
  return lines.sort((a, b) => a.time - b.time || a.line - b.line)
}

function timesOf({ offsets, times }: Sequences): (sequence: number, event: number) => number {
  if (times) return (_, event) => times[event]!
  const step = (spreadDays * dayMs) / (offsets.length - 1)
  return (sequence, event) => sequence * step + (event - offsets[sequence]!) * minute
}

/** Without items that were added to the catalogue after the training's last line. */
function trimCatalogue(items: readonly CatalogueItem[], lines: readonly CleanLine[]): CatalogueItem[] {
  const now = lines.at(-1)?.time ?? Infinity
  return items.filter(({ added }) => added === undefined || added <= now)
}
