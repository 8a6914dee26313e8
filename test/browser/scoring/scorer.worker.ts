import { createRandom } from '../../../src/core/random.ts'
import { chooseScorer } from '../../../src/scoring/choose-scorer.ts'
import * as wasm from '../../../src/scoring/wasm-scorer.ts'
import type { ScorerName } from '../../../src/scoring/scorer.ts'
import { randomQuery, randomTable } from '../../scoring/cases.ts'
import { oracle } from '../../scoring/oracle.ts'

addEventListener('message', ({ data }: MessageEvent<ScorerName>) => {
  void answer(data).then((verdict) => postMessage(verdict))
})

async function answer(force: ScorerName): Promise<unknown> {
  const random = createRandom(8)
  const table = randomTable(random, { items: 3000, dims: [30, 10] })
  const queries = Array.from({ length: 10 }, () => randomQuery(random, table))
  try {
    const { scorer } = await chooseScorer(table, { wasm, force })
    const expected = queries.map((query) => oracle(table, query))
    return { name: scorer.name, equal: print(await scorer.topK(queries)) === print(expected) }
  } catch (error) {
    return String(error)
  }
}

function print(answers: ReturnType<typeof oracle>[]): string {
  return JSON.stringify(answers.map(({ rows, scores }) => [[...rows], [...scores]]))
}
