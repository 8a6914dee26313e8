import { WindowshopError } from '../errors.ts'
import type { GivenFactors } from './learn/given-factors.ts'
import type { ColumnMap } from './read/columns.ts'
import { readItemVectors, type ItemVectors } from './read/vectors/read-item-vectors.ts'

/** Vectors that a build does not learn, as the command line names them. */
export interface VectorFlags {
  readonly events?: string | undefined
  readonly map?: ColumnMap | undefined
  /** File of item factors, and of whose they are. */
  readonly factors?: string | undefined
  readonly factorsIds?: string | undefined
  readonly factorsKind?: GivenFactors['kind'] | undefined
  /** File of other vectors of items, and of whose they are. */
  readonly embeddings?: string | undefined
  readonly embeddingsIds?: string | undefined
}

/** Reads them; throws `option-invalid` and what reading throws. */
export async function readGivenVectors(
  flags: VectorFlags,
): Promise<{ factors?: GivenFactors; embeddings?: ItemVectors }> {
  const { events, map = {}, factors, embeddings } = flags
  for (const [name, file, ids] of [
    ['--factors-ids', factors, flags.factorsIds],
    ['--factors-kind', factors, flags.factorsKind],
    ['--embeddings-ids', embeddings, flags.embeddingsIds],
  ] as const) {
    if (ids !== undefined && file === undefined)
      throw new WindowshopError('option-invalid', { where: name, expected: `${name.replace(/-\w+$/, '')} with it` })
  }
  if (factors !== undefined && events === undefined) {
    const expected = '--events with it: nothing is published of items of fewer than five customers'
    throw new WindowshopError('option-invalid', { where: '--factors', expected })
  }
  const given = factors === undefined ? undefined : await readItemVectors({ file: factors, ids: flags.factorsIds, map })
  const kind = flags.factorsKind ?? (given?.format === 'safetensors' ? 'vectors' : 'als')
  return {
    ...(given && { factors: { vectors: given, kind } }),
    ...(embeddings !== undefined && {
      embeddings: await readItemVectors({ file: embeddings, ids: flags.embeddingsIds, map }),
    }),
  }
}
