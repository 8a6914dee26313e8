import init, { EdgeVec, EdgeVecConfig } from 'edgevec'
import { type CreateContender, timed } from './contender.ts'
import { sameLength } from './same-length.ts'

const chunk = 1000

/** EdgeVec's graph with its own parameters, searched with `ef` wide enough for k. */
export const edgevec: CreateContender = async (problem) => {
  const { memory } = await init()
  const { dims, rows, vector, query } = sameLength(problem)
  const rowOf = new Map<number, number>()
  const [index, buildMs] = await timed(() => {
    const config = new EdgeVecConfig(dims)
    config.metric = 'l2'
    config.ef_search = Math.max(100, 2 * problem.k)
    const graph = new EdgeVec(config)
    for (let from = 0; from < rows.length; from += chunk) {
      const count = Math.min(chunk, rows.length - from)
      const vectors = new Float32Array(count * dims)
      for (let i = 0; i < count; i++) vectors.set(vector(from + i), i * dims)
      graph.insertBatchFlat(vectors, count).forEach((id, i) => rowOf.set(id, rows[from + i]!))
      problem.checkBuildTime()
    }
    return graph
  })
  return {
    name: 'edgevec',
    buildMs,
    bytes: memory.buffer.byteLength,
    run: async (batch) => batch.map((asked) => index.search(query(asked), asked.k).map(({ id }) => rowOf.get(id)!)),
    close: () => index.free(),
  }
}
