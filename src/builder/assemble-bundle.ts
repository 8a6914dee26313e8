import { createHash } from 'node:crypto'
import { defaultSettings } from '../core/settings.ts'
import type { CleanLine } from './clean/clean-log.ts'
import { groupVariants } from './group-variants.ts'
import { learnColumns, type LearnedColumns } from './learn/learn-columns.ts'
import { defaultLearning } from './learn/learning-settings.ts'
import { packColumns, type AssembleOptions, type BundleColumns } from './pack-columns.ts'
import { minCustomers } from './privacy.ts'
import type { CleanInputs } from './read-inputs.ts'

/** Learns what a bundle ships, and lays its columns out. */
export function assembleColumns(
  { items, lines }: CleanInputs,
  options: AssembleOptions,
  onProgress?: (done: number) => void,
): { learnt: LearnedColumns; columns: BundleColumns } {
  const { learning = defaultLearning, settings = defaultSettings } = options
  const learnt = learnColumns(groupVariants(items, countVisitors(lines)), lines, {
    settings: learning,
    generation: options.generation,
    factors: options.factors,
    embeddings: options.embeddings,
    ...(onProgress && { onProgress }),
  })
  const columns = packColumns(learnt, items, options)
  const { continued } = learnt
  const kept = continued && 'id' in continued ? continued : undefined
  return {
    learnt,
    columns: {
      ...columns,
      ...(kept && { vocabulary: kept.vocabulary }),
      generation: kept?.id ?? hashColumns(columns),
      settings,
    },
  }
}

/** Distinct customers by item, where they are enough to count. */
function countVisitors(lines: readonly CleanLine[]): ReadonlyMap<string, number> {
  const visitors = new Map<string, Set<string>>()
  for (const { item, user } of lines) visitors.set(item, (visitors.get(item) ?? new Set()).add(user))
  return new Map([...visitors].flatMap(([item, { size }]) => (size >= minCustomers ? [[item, size]] : [])))
}

/** The generation is what its row order and vector space are: a hash of both. */
export function hashColumns({ ids, segments }: Pick<BundleColumns, 'ids' | 'segments'>): string {
  const hash = createHash('sha256').update(JSON.stringify(ids))
  for (const { rows } of segments) hash.update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
  return hash.digest('hex').slice(0, 16)
}
