/** The products of 16 dimensions: WGSL that defines `Values` and `product`. */
export function productsSource(packedDot: boolean): string {
  return packedDot ? packedProduct : halvesProduct
}

const packedProduct = `
alias Values = vec4u;
fn product(r: vec4u, v: Values) -> i32 {
  return dot4I8Packed(r.x, v.x) + dot4I8Packed(r.y, v.y) + dot4I8Packed(r.z, v.z) + dot4I8Packed(r.w, v.w);
}`

/**
 * (a + b 2^16) (d + c 2^16) = ad + (ac + bd) 2^16 modulo 2^32: one multiplication gives two products, at most 1 too small. The
 * rows come with their sign bits flipped, which makes of them numbers from 0 to 255, 128 too large: taking that off the sum
 * costs nothing. Queries are at most 64, so that two products have room in 16 bits.
 */
const halvesProduct = `
struct Values { even: vec4i, odd: vec4i }
fn product(r: vec4u, v: Values) -> i32 {
  let mask = vec4u(0x00ff00ff);
  let sum = ((vec4i(r & mask) * v.even) >> vec4u(16)) + ((vec4i((r >> vec4u(8)) & mask) * v.odd) >> vec4u(16));
  return sum.x + sum.y + sum.z + sum.w;
}`

/** What the products ask of the queries. */
export interface ProductForm {
  /** Queries are rounded to whole numbers up to this. */
  readonly levels: number
  /** The numbers of the rows are too large by this. */
  readonly flippedBy: number
  /** The products of 16 dimensions are too small by this at most. */
  readonly lostOf16: number
}

export const productForm = (packedDot: boolean): ProductForm =>
  packedDot ? { levels: 127, flippedBy: 0, lostOf16: 0 } : { levels: 64, flippedBy: 128, lostOf16: 8 }

/** Rounded values of a query in the form of `Values`; as many as the stride, once per segment. */
export function queryValues(ints: Int8Array<ArrayBuffer>, packedDot: boolean): Int32Array<ArrayBuffer> {
  if (packedDot) return new Int32Array(ints.buffer, ints.byteOffset, ints.length / 4)
  const values = new Int32Array(ints.length / 2)
  for (let chunk = 0; chunk < ints.length / 16; chunk++) {
    for (let word = 0; word < 4; word++) {
      const [a, b, c, d] = ints.subarray(chunk * 16 + word * 4)
      values[chunk * 8 + word] = c! + (a! << 16)
      values[chunk * 8 + 4 + word] = d! + (b! << 16)
    }
  }
  return values
}
