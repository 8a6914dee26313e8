import { bareItem } from '../../src/builder/catalogue.ts'
import type { Dataset } from '../../src/builder/evaluate/dataset.ts'
import type { Case } from '../../src/builder/evaluate/model.ts'
import { textMatrix } from '../../src/builder/learn/text-vectors.ts'
import { between } from './seed.ts'

const kinds = 8
const count = 160

/** Shoppers who stay with one kind of item, of which titles tell. */
export function kindShop(random: () => number): Dataset {
  const items = Array.from({ length: count }, (_, row) =>
    bareItem(`item-${row}`, { title: `kind${row % kinds} thing${row % 20}` }),
  )
  const ofKind = (kind: number) => kind + kinds * between(random, 0, count / kinds - 1)
  const shoppers = Array.from({ length: 400 }, () => {
    const kind = between(random, 0, kinds - 1)
    return Array.from({ length: between(random, 3, 9) }, () => ofKind(kind))
  })
  const offsets = Uint32Array.from([0, ...shoppers.map(({ length }) => length)])
  for (let s = 1; s < offsets.length; s++) offsets[s]! += offsets[s - 1]!
  const rows = Uint32Array.from(shoppers.flat())
  const times = Float64Array.from(rows, (_, at) => at * 60_000)
  const cases = shoppers.slice(0, 300).map((own, s): Case => ({
    rows: Uint32Array.from(own),
    times: times.slice(offsets[s], offsets[s + 1]),
    wanted: Uint32Array.from(new Set([ofKind(own[0]! % kinds), ofKind(own[0]! % kinds)])),
    now: rows.length * 60_000,
  }))
  const { matrix } = textMatrix(items)
  return {
    training: { items: count, sequences: { offsets, rows, times }, content: matrix },
    cases,
    hide: 'nothing',
    items,
    task: 'the same kind',
    split: 'validation',
  }
}
