import { words } from '../../core/words.ts'
import type { CleanLine } from './clean-log.ts'
import type { CleaningReport } from './report.ts'

/**
 * Reads ids that differ in case or spaces alone as one item, where a catalogue knows just one of them, or where their
 * commonest names share most words. The commonest spelling stays.
 */
export function joinSpellings(
  lines: readonly CleanLine[],
  report: CleaningReport,
  known?: ReadonlySet<string>,
): CleanLine[] {
  const spellings = new Map<string, Map<string, Map<string, number>>>()
  for (const { item, title } of lines) {
    const plain = plainId(item)
    const ids = spellings.get(plain) ?? new Map<string, Map<string, number>>()
    spellings.set(plain, ids)
    const titles = ids.get(item) ?? new Map<string, number>()
    ids.set(item, titles)
    titles.set(title ?? '', (titles.get(title ?? '') ?? 0) + 1)
  }
  for (const id of known ?? []) spellings.get(plainId(id))?.set(id, new Map())
  const standsFor = new Map<string, string>()
  for (const ids of spellings.values()) {
    if (ids.size < 2) continue
    const listed = [...ids.keys()].filter((id) => known?.has(id))
    const [best] = [...ids].sort((a, b) => count(b[1]) - count(a[1]) || (a[0] < b[0] ? -1 : 1))[0]!
    if (listed.length > 1) continue
    const kept = listed[0] ?? best
    for (const [id, titles] of ids) {
      if (id === kept) continue
      if (listed.length === 0 && !namesAgree(commonest(titles), commonest(ids.get(kept)!))) continue
      standsFor.set(id, kept)
      report.join(id, kept)
    }
  }
  return lines.map((line) => (standsFor.has(line.item) ? { ...line, item: standsFor.get(line.item)! } : line))
}

function plainId(id: string): string {
  return id.replaceAll(/\s/g, '').toUpperCase()
}

function count(titles: ReadonlyMap<string, number>): number {
  return [...titles.values()].reduce((sum, n) => sum + n, 0)
}

function commonest(titles: ReadonlyMap<string, number>): string {
  return [...titles].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? ''
}

function namesAgree(a: string, b: string): boolean {
  const left = new Set(words(a))
  const right = new Set(words(b))
  const shared = [...left].filter((word) => right.has(word)).length
  return shared > 0 && shared * 2 >= Math.min(left.size, right.size)
}
