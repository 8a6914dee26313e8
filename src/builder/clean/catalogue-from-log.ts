import { bareItem, type CatalogueItem } from '../catalogue.ts'
import { categoryPath } from '../read/read-catalogue.ts'
import { minCustomers } from '../privacy.ts'
import type { CleanLine } from './clean-log.ts'
import type { CleaningReport } from './report.ts'

/**
 * The catalogue that a log carries in its own columns. An item is listed once five customers dealt with it under one
 * name; of every fact, what most customers were shown counts, and what fewer than five were shown is left out. The price
 * is the median.
 */
export function catalogueFromLog(lines: readonly CleanLine[], report: CleaningReport): CatalogueItem[] {
  const byItem = new Map<string, CleanLine[]>()
  for (const line of lines) {
    const known = byItem.get(line.item)
    if (known) known.push(line)
    else byItem.set(line.item, [line])
  }
  const items: CatalogueItem[] = []
  for (const [id, own] of byItem) {
    const title = agreed(own, 'title')
    if (title === undefined || id.length > 128) {
      for (const { line } of own) report.drop('few-customers', line)
      continue
    }
    items.push(
      bareItem(id, {
        title,
        category: categoryPath(agreed(own, 'category')),
        brand: agreed(own, 'brand') ?? '',
        price: medianPrice(own),
        url: agreed(own, 'url') ?? '',
        image: agreed(own, 'image') ?? '',
      }),
    )
  }
  return items
}

/** The value that the most customers were shown, undefined where that is fewer than five. */
function agreed(
  lines: readonly CleanLine[],
  fact: 'title' | 'category' | 'brand' | 'url' | 'image',
): string | undefined {
  const customers = new Map<string, Set<string>>()
  for (const line of lines) {
    const value = line[fact]
    if (value === undefined) continue
    const known = customers.get(value)
    if (known) known.add(line.user)
    else customers.set(value, new Set([line.user]))
  }
  const [value, users] = [...customers].sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1))[0] ?? []
  return users && users.size >= minCustomers ? value : undefined
}

function medianPrice(lines: readonly CleanLine[]): number {
  const prices = lines.flatMap(({ price }) => (price !== undefined && price > 0 ? [price] : [])).sort((a, b) => a - b)
  return prices[Math.floor(prices.length / 2)] ?? NaN
}
