// The little that the benchmarks use of packages that only `bench/package.json` knows, so that types can be checked where
// they are not installed.

declare module 'hnswlib-wasm' {
  export function loadHnswlib(): Promise<{ readonly HierarchicalNSW: new (...space: [string, number, string]) => Hnsw }>
  interface Hnsw {
    initIndex(...size: [items: number, m: number, efConstruction: number, seed: number]): void
    addPoints(vectors: readonly Float32Array[], labels: readonly number[], replaceDeleted: boolean): void
    setEfSearch(ef: number): void
    searchKnn(vector: Float32Array, k: number, filter: undefined): { readonly neighbors: readonly number[] }
  }
}

declare module 'voy-search/voy_search_bg.js' {
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void
  export class Voy {
    constructor(resource: { readonly embeddings: readonly object[] })
    search(query: Float32Array, k: number): { readonly neighbors: readonly { readonly id: string }[] }
    free(): void
  }
}

declare module 'client-vector-search' {
  interface Entry {
    readonly row: number
    readonly embedding: readonly number[]
  }
  export class EmbeddingIndex {
    constructor(entries: readonly Entry[])
    search(query: readonly number[], options: { readonly topK: number }): Promise<readonly { readonly object: Entry }[]>
    clear(): void
  }
}

declare module 'edgevec' {
  export default function init(): Promise<{ readonly memory: WebAssembly.Memory }>
  export class EdgeVecConfig {
    constructor(dims: number)
    metric: string
    ef_search: number
  }
  export class EdgeVec {
    constructor(config: EdgeVecConfig)
    insertBatchFlat(vectors: Float32Array, count: number): Uint32Array
    search(query: Float32Array, k: number): readonly { readonly id: number }[]
    free(): void
  }
}

declare module 'onnxruntime-web/wasm' {
  export const env: { readonly wasm: { numThreads: number } }
  export class Tensor {
    constructor(type: 'float32', data: Float32Array, dims: readonly number[])
    readonly data: BigInt64Array
  }
  export const InferenceSession: {
    create(
      model: Uint8Array,
      options: { readonly executionProviders: readonly string[]; readonly graphOptimizationLevel: string },
    ): Promise<InferenceSession>
  }
  interface InferenceSession {
    run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>
    release(): Promise<void>
  }
}

declare module '*.wasm?url' {
  const url: string
  export default url
}
