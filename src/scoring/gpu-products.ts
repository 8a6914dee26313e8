/** The products of 16 dimensions: WGSL that defines `Values`, `Row`, `unpack` and `product`. */
export function productsSource(packedDot: boolean): string {
  return packedDot ? packedProduct : halvesProduct
}

const packedProduct = `
alias Values = vec4u;
alias Row = vec4u;
fn unpack(r: vec4u) -> Row { return r; }
fn product(r: Row, v: Values) -> i32 {
  return dot4I8Packed(r.x, v.x) + dot4I8Packed(r.y, v.y) + dot4I8Packed(r.z, v.z) + dot4I8Packed(r.w, v.w);
}`

/**
 * (a + b 2^16) (d + c 2^16) = ad + (ac + bd) 2^16 modulo 2^32: one multiplication gives two products, at most 1 too small.
 * The rows come with their sign bits flipped.
 */
const halvesProduct = `
struct Values { even: vec4i, odd: vec4i }
alias Row = Values;
fn unpack(r: vec4u) -> Row {
  let mask = vec4u(0x00ff00ff);
  return Row(vec4i(r & mask) - 0x00800080, vec4i((r >> vec4u(8)) & mask) - 0x00800080);
}
fn product(r: Row, v: Values) -> i32 {
  let sum = ((r.even * v.even) >> vec4u(16)) + ((r.odd * v.odd) >> vec4u(16));
  return sum.x + sum.y + sum.z + sum.w;
}`

/** Rounded values of a query, -127 to 127, in the form of `Values`; as many as the stride, once per segment. */
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
