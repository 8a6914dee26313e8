import { EmbeddingIndex } from 'client-vector-search'
import { type CreateContender, timed } from './contender.ts'
import { sameLength } from './same-length.ts'

/** Every item an object with an array of numbers, all of them compared and sorted. */
export const clientVectorSearch: CreateContender = async (problem) => {
  const { dims, rows, vector, query } = sameLength(problem)
  const [index, buildMs] = await timed(
    () => new EmbeddingIndex(Array.from(rows, (row, i) => ({ row, embedding: Array.from(vector(i)) }))),
  )
  return {
    name: 'client-vector-search',
    buildMs,
    bytes: rows.length * dims * 8,
    async run(batch) {
      const answers: number[][] = []
      for (const asked of batch) {
        const found = await index.search(Array.from(query(asked)), { topK: asked.k })
        answers.push(found.map(({ object }) => object.row))
      }
      return answers
    },
    close: () => index.clear(),
  }
}
