import { rename, readFile, writeFile } from 'node:fs/promises'
import { decodeTensors, encodeTensors } from '../../bundle/safetensors.ts'
import { WindowshopError } from '../../errors.ts'
import type { JobField, JobMemory } from './job-memory.ts'

/** What a training goes on from: everything that the next step reads, but for the data and the settings. */
export interface Checkpoint {
  /** Steps that are done. */
  readonly step: number
  /** What the training loop keeps for itself. */
  readonly notes: Readonly<Record<string, number | readonly number[]>>
}

/** The arrays of the shared memory that outlive a step, and whether they hold whole numbers. */
const kept: readonly (readonly [field: JobField, perItem: boolean])[] = [
  ['rows', true],
  ['rowMeans', true],
  ['rowSquares', true],
  ['rowSteps', true],
  ['weights', false],
  ['weightMeans', false],
  ['weightSquares', false],
]

function arrayOf(job: JobMemory, [field, perItem]: (typeof kept)[number]): Uint32Array<ArrayBuffer> {
  const numbers = perItem ? job.get('items') * (field === 'rowSteps' ? 1 : job.get('dims')) : job.get('parameters')
  return job.whole(field, numbers) as unknown as Uint32Array<ArrayBuffer>
}

/**
 * Writes a checkpoint as a safetensors file, first beside the old one, then in its place. `what` names the data and the settings:
 * only a training of the same ones goes on from it. `best` are arrays of the loop's own.
 */
export async function writeCheckpoint(
  path: string,
  job: JobMemory,
  {
    what,
    best,
    ...checkpoint
  }: Checkpoint & { what: string; best?: Readonly<Record<string, Float32Array<ArrayBuffer>>> },
): Promise<void> {
  const arrays = kept.map((entry) => [entry[0], arrayOf(job, entry).slice()] as const)
  const tensors = Object.fromEntries(
    [...arrays, ...Object.entries(best ?? {}).map(([name, data]) => [`best.${name}`, data] as const)].map(
      ([name, data]) => [name, { shape: [data.length], data }],
    ),
  )
  const bytes = encodeTensors(tensors, { what, checkpoint: JSON.stringify(checkpoint) })
  await writeFile(`${path}.new`, bytes)
  await rename(`${path}.new`, path)
}

/** Reads a checkpoint into the shared memory; undefined where there is none, or one of another training. */
export async function readCheckpoint(
  path: string,
  job: JobMemory,
  what: string,
): Promise<(Checkpoint & { best: Record<string, Float32Array<ArrayBuffer>> }) | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  if (!bytes) return undefined
  const { tensors, metadata } = decodeTensors(new Uint8Array(bytes), path)
  if (metadata['what'] !== what) return undefined
  for (const entry of kept) {
    const into = arrayOf(job, entry)
    const from = tensors.get(entry[0])?.data
    if (!(from instanceof Uint32Array) || from.length !== into.length) {
      throw new WindowshopError('input-format', {
        where: path,
        column: entry[0],
        expected: into.length,
        got: from?.length ?? 'none',
      })
    }
    into.set(from)
  }
  const best: Record<string, Float32Array<ArrayBuffer>> = {}
  for (const [name, { data }] of tensors) if (data instanceof Float32Array) best[name.slice('best.'.length)] = data
  return { ...(JSON.parse(metadata['checkpoint'] ?? '{}') as Checkpoint), best }
}
