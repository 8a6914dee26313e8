/** AssemblyScript source compiled at build time; the default export is the module in base64. */
declare module '*?wasm' {
  const base64: string
  export default base64
}

/** The same without SIMD. */
declare module '*?wasm&scalar' {
  const base64: string
  export default base64
}

/** The same with relaxed SIMD. */
declare module '*?wasm&enable=simd,relaxed-simd' {
  const base64: string
  export default base64
}
