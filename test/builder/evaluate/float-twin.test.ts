import { expect, test } from 'vitest'
import { catalogueFromLog } from '../../../src/builder/clean/catalogue-from-log.ts'
import type { CleanLine } from '../../../src/builder/clean/clean-log.ts'
import { createReport } from '../../../src/builder/clean/report.ts'
import { floatTwin } from '../../../src/builder/evaluate/float-twin.ts'
import { openShop } from '../../../src/builder/open-shop.ts'
import { silent } from '../../../src/builder/progress.ts'
import { assembleBundle } from '../../../src/builder/with-encoder.ts'
import { createBitmask } from '../../../src/core/bitmask.ts'
import { normal } from '../../../src/core/random.ts'
import { between, seededRandom } from '../../support/seed.ts'

test('the twin on float32 rows ranks by the product with the rows as they were learned', async () => {
  const random = seededRandom('float twin')
  const lines = Array.from({ length: 2000 }, (_, at): CleanLine => {
    const item = between(random, 0, 59)
    const user = `u${between(random, 0, 99)}`
    const shown = { item: `i${item}`, title: `kind${item % 7} thing${item % 11}` }
    return {
      line: at,
      time: at * 6e4,
      kind: 'view_item',
      user,
      quantity: 1,
      price: undefined,
      order: undefined,
      ...shown,
    }
  })
  const items = catalogueFromLog(lines, createReport())
  const { columns } = await assembleBundle({ items, lines }, {}, silent)
  const opened = await openShop(columns)
  const twin = await floatTwin(opened, columns)
  const { table } = twin.bundle
  const vector = Float64Array.from({ length: table.stride }, () => normal(random))
  const scores = columns.ids.map((_, row) => {
    let score = 0
    let from = 0
    for (const { dims, rows } of columns.segments) {
      for (let d = 0; d < dims; d++) score += vector[from + d]! * rows[row * dims + d]!
      from += dims
    }
    return score
  })
  const bias = new Float32Array(table.items)
  const mask = createBitmask(table.items)
  const found = await twin.scorer.topK([{ vector, bias, mask, k: 10 }])
  const expected = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, 10)
  expect([...found[0]!.rows]).toEqual(expected)
  for (const [at, row] of expected.entries()) expect(found[0]!.scores[at]).toBeCloseTo(scores[row]!, 5)
})
