import { WindowshopError } from '../../errors.ts'
import type { CatalogueItem } from '../catalogue.ts'
import { resolveColumns, type ColumnMap } from './columns.ts'
import type { OpenedFile } from './open-rows.ts'
import { readNumber, readText, readTime } from './values.ts'

const fields = [
  'id',
  'title',
  'category',
  'brand',
  'price',
  'description',
  'url',
  'image',
  'stock',
  'added',
  'color',
  'material',
  'group',
] as const

/** The items of a catalogue file in its order, and how many lines were left out. */
export interface CatalogueLines {
  readonly items: CatalogueItem[]
  readonly duplicates: number
  readonly incomplete: number
}

/**
 * Reads a catalogue; of two lines with one id the later one counts, lines without an id or title are left out.
 * Throws `input-column`, `input-number`, `input-time` and what the reader throws.
 */
export async function readCatalogue(opened: OpenedFile, map: ColumnMap): Promise<CatalogueLines> {
  const { file } = opened
  const items = new Map<string, CatalogueItem>()
  let duplicates = 0
  let incomplete = 0
  let known = -1
  let columns: ReturnType<typeof resolveColumns<(typeof fields)[number]>> = {}
  for await (const batch of opened.batches) {
    if (opened.columns.size !== known) {
      columns = resolveColumns(opened, { fields, needed: known < 0 ? ['id', 'title'] : [], map })
      known = opened.columns.size
    }
    for (const { line, values } of batch) {
      const text = (column: string | undefined) => column && readText(values[column])
      const id = text(columns.id)
      const title = text(columns.title)
      if (!id || !title) {
        incomplete++
        continue
      }
      if (items.has(id)) duplicates++
      const { price, stock, added } = columns
      items.set(id, {
        id: checkLength(id, { where: file, line, column: columns.id ?? 'id' }),
        title,
        category: categoryPath(text(columns.category)),
        brand: text(columns.brand) ?? '',
        description: plainText(text(columns.description)),
        price: price === undefined ? NaN : (readNumber(values[price], { where: file, line, column: price }) ?? NaN),
        url: text(columns.url) ?? '',
        image: text(columns.image) ?? '',
        available: stock === undefined || isAvailable(text(stock)),
        added: added === undefined ? undefined : readTime(values[added], { where: file, line, column: added }),
        traits: [text(columns.color), text(columns.material)].filter((trait) => trait !== undefined),
        group: text(columns.group),
      })
    }
  }
  if (items.size === 0)
    throw new WindowshopError('input-empty', { where: file, expected: 'items with an id and a title' })
  return { items: [...items.values()], duplicates, incomplete }
}

function checkLength(id: string, place: { where: string; line: number; column: string }): string {
  if (id.length <= 128) return id
  throw new WindowshopError('input-row', { ...place, expected: 'an id of at most 128 characters', got: id.length })
}

/** "Outdoor>Tents", "Outdoor | Tents" and "Outdoor > Tents" are one path. */
export function categoryPath(text: string | undefined): string {
  return (text ?? '')
    .split(/[>|]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' > ')
}

function plainText(text: string | undefined): string {
  return (text ?? '')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Reads a stock column: a count, a yes or no, or the words that product feeds use. */
function isAvailable(text: string | undefined): boolean {
  if (text === undefined) return true
  const count = Number(text)
  if (!Number.isNaN(count)) return count > 0
  return !/^(?:false|no|n|out[\s_-]?of[\s_-]?stock|sold[\s_-]?out|unavailable|discontinued)$/i.test(text)
}
