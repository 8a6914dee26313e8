import { loadHnswlib } from 'hnswlib-wasm'
import { type CreateContender, timed } from './contender.ts'
import { sameLength } from './same-length.ts'

const m = 16
const efConstruction = 200
const chunk = 1000

/** Bytes of a vector's node in the lowest layer, where nearly all of them are: its links and its label. */
const nodeBytes = 2 * m * 4 + 4 + 8

/** hnswlib's graph with the parameters that its documentation suggests, searched with `ef` wide enough for k. */
export const hnswlib: CreateContender = async (problem) => {
  const { HierarchicalNSW } = await loadHnswlib()
  const { dims, rows, vector, query } = sameLength(problem)
  const [index, buildMs] = await timed(async () => {
    const graph = new HierarchicalNSW('l2', dims, '')
    graph.initIndex(rows.length, m, efConstruction, 100)
    for (let from = 0; from < rows.length; from += chunk) {
      const labels = Array.from(rows.subarray(from, from + chunk))
      graph.addPoints(
        labels.map((_, i) => vector(from + i)),
        labels,
        false,
      )
      problem.checkBuildTime()
    }
    return graph
  })
  index.setEfSearch(Math.max(100, 2 * problem.k))
  return {
    name: 'hnswlib-wasm',
    buildMs,
    bytes: rows.length * (dims * 4 + nodeBytes),
    run: async (batch) => batch.map((asked) => index.searchKnn(query(asked), asked.k, undefined).neighbors),
    close() {},
  }
}
