import { WindowshopError } from '../../errors.ts'
import type { OpenedFile } from './open-rows.ts'

/**
 * The fields that inputs may have, and the names under which exports of common shop systems carry them. Names are
 * compared without case, spaces and underscores; the first that a file has is used.
 */
const names = {
  user: ['user', 'userid', 'customer', 'customerid', 'userpseudoid', 'clientid', 'visitor', 'visitorid', 'email'],
  item: ['item', 'itemid', 'productid', 'product', 'sku', 'stockcode', 'lineitemsku', 'variantsku', 'asin'],
  time: [
    'time',
    'timestamp',
    'eventtimestamp',
    'eventtime',
    'date',
    'datetime',
    'createdat',
    'invoicedate',
    'orderdate',
  ],
  event: ['event', 'eventname', 'eventtype', 'kind', 'action', 'type'],
  quantity: ['quantity', 'qty', 'lineitemquantity'],
  order: ['order', 'orderid', 'transactionid', 'invoice', 'invoiceno', 'invoiceid', 'ordernumber'],
  query: ['query', 'searchterm', 'searchquery', 'keyword'],
  id: ['id', 'item', 'itemid', 'productid', 'sku', 'variantsku', 'stockcode', 'handle'],
  title: ['title', 'name', 'itemname', 'productname', 'producttitle', 'lineitemname'],
  category: ['category', 'categorypath', 'itemcategory', 'productcategory', 'producttype', 'googleproductcategory'],
  brand: ['brand', 'itembrand', 'vendor', 'manufacturer'],
  price: ['price', 'unitprice', 'itemprice', 'lineitemprice', 'variantprice'],
  description: ['description', 'body', 'body(html)', 'bodyhtml', 'itemdescription'],
  url: ['url', 'link', 'producturl'],
  image: ['image', 'imageurl', 'imagelink', 'imagesrc', 'picture'],
  stock: ['stock', 'availability', 'inventory', 'variantinventoryqty', 'instock'],
  added: ['added', 'addedat', 'dateadded', 'createdat', 'publishedat', 'availablefrom'],
  color: ['color', 'colour'],
  material: ['material'],
  group: ['group', 'groupid', 'itemgroupid', 'parentid', 'parentsku'],
  row: ['row', 'index', 'id', 'itemindex', 'itemnumber', 'number', 'alsid'],
  margin: ['margin', 'grossmargin', 'marginrate'],
  cost: ['cost', 'unitcost', 'costprice', 'purchaseprice', 'wholesaleprice', 'costperitem'],
} as const

export type Field = keyof typeof names

/** Which column holds which field: what `--map` says, by field. */
export type ColumnMap = Readonly<Partial<Record<Field, string>>>

/** Reads `user=CustomerID,item=StockCode`; `name` is another word for `title`. Throws `option-invalid`. */
export function parseColumnMap(text: string): ColumnMap {
  const map: Partial<Record<Field, string>> = {}
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=')
    const given = pair.slice(0, at).trim()
    const field = given === 'name' ? 'title' : given
    const column = pair.slice(at + 1).trim()
    if (at < 1 || column === '' || !(field in names)) {
      const expected = `FIELD=COLUMN with one of the fields ${Object.keys(names).join(', ')}`
      throw new WindowshopError('option-invalid', { where: '--map', expected, got: pair })
    }
    map[field as Field] = column
  }
  return map
}

/**
 * The column of each of `fields` in an opened file: the mapped one where the file has it, else one with a known name that
 * is mapped to none of `fields`. One map serves all files; that some file has each of its columns is checked by
 * `checkMap`. Throws `input-column` for a field among `needed` that has none.
 */
export function resolveColumns<F extends Field>(
  { file, columns }: Pick<OpenedFile, 'file' | 'columns'>,
  { fields, needed, map }: { fields: readonly F[]; needed: readonly F[]; map: ColumnMap },
): Partial<Record<F, string>> {
  const byPlainName = new Map<string, string>()
  for (const column of columns) {
    const plain = column.toLowerCase().replaceAll(/[\s_-]/g, '')
    if (!byPlainName.has(plain)) byPlainName.set(plain, column)
  }
  const taken = new Set(fields.map((field) => map[field]))
  const resolved: Partial<Record<F, string>> = {}
  for (const field of fields) {
    const mapped = map[field]
    const known = names[field].map((name) => byPlainName.get(name)).find((name) => name && !taken.has(name))
    const column = mapped !== undefined && columns.has(mapped) ? mapped : known
    if (column !== undefined) resolved[field] = column
    else if (needed.includes(field)) {
      throw new WindowshopError('input-column', {
        where: file,
        line: 1,
        column: mapped ?? field,
        expected: `a column for ${field}${mapped ? '' : ` (see --map)`}`,
        got: listed(columns),
      })
    }
  }
  return resolved
}

/** Throws `input-column` for a mapped column that none of the files has, once they have been read. */
export function checkMap(map: ColumnMap, files: readonly Pick<OpenedFile, 'file' | 'columns'>[]): void {
  for (const [field, column] of Object.entries(map)) {
    if (files.some(({ columns }) => columns.has(column))) continue
    throw new WindowshopError('input-column', {
      where: files.map(({ file }) => file).join(' and '),
      line: 1,
      column,
      expected: `a column for ${field}`,
      got: files.map(({ columns }) => listed(columns)).join('; '),
    })
  }
}

function listed(columns: ReadonlySet<string>): string {
  return [...columns].slice(0, 20).join(', ')
}
