import { eventKinds, type EventKind } from '../../core/event.ts'
import { resolveColumns, type ColumnMap } from './columns.ts'
import type { OpenedFile } from './open-rows.ts'
import { readNumber, readText, readTime } from './values.ts'

/** What a line of the log says about its item, for logs that carry the catalogue too. */
export interface ItemFacts {
  readonly title?: string | undefined
  readonly category?: string | undefined
  readonly brand?: string | undefined
  readonly url?: string | undefined
  readonly image?: string | undefined
}

/** One line of the log as it stands in the file, before cleaning. */
export interface LogLine extends ItemFacts {
  readonly line: number
  readonly time: number
  /** Undefined for a kind that says nothing about taste (`page_view`, `scroll`, ...). */
  readonly kind: EventKind | undefined
  readonly user: string | undefined
  readonly item: string | undefined
  /** 1 where the file says nothing; negative for a return. */
  readonly quantity: number
  readonly price: number | undefined
  readonly order: string | undefined
}

const fields = [
  'user',
  'item',
  'time',
  'event',
  'quantity',
  'price',
  'order',
  'query',
  'title',
  'category',
  'brand',
  'url',
  'image',
] as const

/**
 * Reads an event log. A log without a column for the kind of event is one of purchases where it has orders or
 * quantities, else one of views. One that is the catalogue too needs titles. Throws `input-column`, `input-time`, `input-number` and what the reader throws.
 */
export async function readEvents(
  opened: OpenedFile,
  { map, carriesCatalogue }: { map: ColumnMap; carriesCatalogue: boolean },
): Promise<LogLine[]> {
  const needed = ['user', 'item', 'time', ...(carriesCatalogue ? (['title'] as const) : [])] as const
  const { file } = opened
  const lines: LogLine[] = []
  const shared = createInterner()
  let known = -1
  let columns: ReturnType<typeof resolveColumns<(typeof fields)[number]>> = {}
  for await (const batch of opened.batches) {
    if (opened.columns.size !== known) {
      columns = resolveColumns(opened, { fields, needed: known < 0 ? needed : [], map })
      known = opened.columns.size
    }
    const { user, item, time, event, quantity, price, order, title, category, brand, url, image } = columns
    const defaultKind = order !== undefined || quantity !== undefined ? 'purchase' : 'view_item'
    for (const { line, values } of batch) {
      const text = (column: string | undefined) => column && shared(readText(values[column]))
      const number = (column: string | undefined) =>
        column === undefined ? undefined : readNumber(values[column], { where: file, line, column })
      const at = time === undefined ? undefined : readTime(values[time], { where: file, line, column: time })
      const kind = text(event)
      lines.push({
        line,
        // A line without a time is as good as one without an item: it cannot be placed.
        time: at ?? NaN,
        kind: kind === undefined ? defaultKind : kindOf(kind),
        user: text(user),
        item: text(item),
        quantity: number(quantity) ?? 1,
        price: number(price),
        order: text(order),
        title: text(title),
        category: text(category),
        brand: text(brand),
        url: text(url),
        image: text(image),
      })
    }
  }
  return lines
}

const otherNames: Readonly<Record<string, EventKind>> = {
  view: 'view_item',
  product_view: 'view_item',
  detail: 'view_item',
  click: 'select_item',
  cart: 'add_to_cart',
  addtocart: 'add_to_cart',
  wishlist: 'add_to_wishlist',
  favorite: 'add_to_wishlist',
  checkout: 'begin_checkout',
  order: 'purchase',
  buy: 'purchase',
  transaction: 'purchase',
  return: 'refund',
}

const byName = new Map<string, EventKind>([
  ...Object.entries(otherNames),
  ...eventKinds.map((kind) => [kind, kind] as const),
])

function kindOf(name: string): EventKind | undefined {
  return byName.get(name.toLowerCase().replaceAll(/[\s-]/g, '_'))
}

/** Keeps one copy of every string, so that a long log does not hold each user and item a thousand times. */
function createInterner(): (text: string | undefined) => string | undefined {
  const strings = new Map<string, string>()
  return (text) => {
    if (text === undefined) return undefined
    const known = strings.get(text)
    if (known !== undefined) return known
    strings.set(text, text)
    return text
  }
}
