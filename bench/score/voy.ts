import * as voy from 'voy-search/voy_search_bg.js'
import address from 'voy-search/voy_search_bg.wasm?url'
import { type CreateContender, timed } from './contender.ts'
import { sameLength } from './same-length.ts'

/** Voy's k-d tree. */
export const voySearch: CreateContender = async (problem) => {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(address), { './voy_search_bg.js': { ...voy } })
  voy.__wbg_set_wasm(instance.exports)
  const { rows, vector, query } = sameLength(problem)
  const [index, buildMs] = await timed(() => {
    const embeddings = Array.from(rows, (row, i) => ({
      id: String(row),
      title: '',
      url: '',
      embeddings: Array.from(vector(i)),
    }))
    return new voy.Voy({ embeddings })
  })
  return {
    name: 'voy-search',
    buildMs,
    bytes: (instance.exports['memory'] as WebAssembly.Memory).buffer.byteLength,
    run: async (batch) =>
      batch.map((asked) => index.search(query(asked), asked.k).neighbors.map(({ id }) => Number(id))),
    close: () => index.free(),
  }
}
