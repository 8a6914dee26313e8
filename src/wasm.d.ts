/** AssemblyScript source compiled at build time; the default export is the module, a character a byte. */
declare module '*?wasm' {
  const bytes: string
  export default bytes
}

/** The same without SIMD. */
declare module '*?wasm&scalar' {
  const bytes: string
  export default bytes
}

/** The same with relaxed SIMD. */
declare module '*?wasm&enable=simd,relaxed-simd' {
  const bytes: string
  export default bytes
}

/** The same with SIMD and a memory that threads share. */
declare module '*?wasm&enable=simd,threads' {
  const bytes: string
  export default bytes
}
