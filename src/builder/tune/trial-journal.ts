import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { keyOf, type Point } from './point.ts'

/** What was found of a point: a value a shopper. */
export interface Trial {
  readonly ndcg: Float64Array
  readonly recall: Float64Array
  /** Of all files of its bundle. */
  readonly bytes: number
}

export interface TrialJournal {
  find(point: Point): Trial | undefined
  add(point: Point, trial: Trial): Promise<void>
  /** Removes the file. */
  close(): Promise<void>
}

/**
 * Trials as lines of a file, from which an interrupted search goes on. `what` names the data and the values that are tried: a
 * journal of other ones is begun anew, and a line that was cut is measured again.
 */
export async function openJournal(file: string, what: string): Promise<TrialJournal> {
  const head = JSON.stringify({ what })
  const text = await readFile(file, 'utf8').catch(() => '')
  const [first, ...lines] = text.split('\n')
  const known = new Map<string, Trial>()
  const whole: string[] = []
  for (const line of first === head ? lines : []) {
    const read = parseLine(line)
    if (!read) continue
    known.set(keyOf(read.point), read.trial)
    whole.push(line)
  }
  await mkdir(dirname(file), { recursive: true })
  // Without the end of a line that was cut: the next one would stick to it.
  await writeFile(file, [head, ...whole, ''].join('\n'))
  return {
    find: (point) => known.get(keyOf(point)),
    async add(point, trial) {
      known.set(keyOf(point), trial)
      const { ndcg, recall, bytes } = trial
      await appendFile(file, `${JSON.stringify({ point, ndcg: [...ndcg], recall: [...recall], bytes })}\n`)
    },
    close: () => rm(file, { force: true }),
  }
}

function parseLine(line: string): { point: Point; trial: Trial } | undefined {
  try {
    const { point, ndcg, recall, bytes } = JSON.parse(line) as {
      point: Point
      ndcg: number[]
      recall: number[]
      bytes: number
    }
    return { point, trial: { ndcg: Float64Array.from(ndcg), recall: Float64Array.from(recall), bytes } }
  } catch {
    return undefined
  }
}
