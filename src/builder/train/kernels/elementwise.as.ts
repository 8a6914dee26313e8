// Functions of four float32 numbers at once.

/** e^x for x up to 88, within 2 units of the last place; 0 below -87. Cody and Waite's reduction, Cephes' polynomial. */
export function exp4(x: v128): v128 {
  const under = f32x4.lt(x, f32x4.splat(-87))
  const clamped = f32x4.max(x, f32x4.splat(-87))
  const whole = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504088896341)))
  let rest = f32x4.sub(clamped, f32x4.mul(whole, f32x4.splat(0.693359375)))
  rest = f32x4.sub(rest, f32x4.mul(whole, f32x4.splat(-2.12194440e-4)))
  let sum = f32x4.splat(1.9875691500e-4)
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.3981999507e-3))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(8.3334519073e-3))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(4.1665795894e-2))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.6666665459e-1))
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(5.0000001201e-1))
  sum = f32x4.add(f32x4.mul(sum, f32x4.mul(rest, rest)), f32x4.add(rest, f32x4.splat(1)))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23)
  return v128.andnot(f32x4.mul(sum, power), under)
}

export function sigmoid4(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(80)), f32x4.splat(-80))
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(bounded))))
}

/** tanh x = 2 sigmoid(2 x) - 1. */
export function tanh4(x: v128): v128 {
  return f32x4.sub(f32x4.mul(f32x4.splat(2), sigmoid4(f32x4.add(x, x))), f32x4.splat(1))
}

export function sum4(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  )
}

/** The product of two vectors; dims % 4 = 0. */
export function dot(a: usize, b: usize, dims: usize): f32 {
  let sum = f32x4.splat(0)
  for (let d: usize = 0; d < dims * 4; d += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(a + d), v128.load(b + d)))
  return sum4(sum)
}

/** into += weight x from; dims % 4 = 0. */
export function addScaled(from: usize, weight: f32, into: usize, dims: usize): void {
  const factor = f32x4.splat(weight)
  for (let d: usize = 0; d < dims * 4; d += 16) {
    v128.store(into + d, f32x4.add(v128.load(into + d), f32x4.mul(v128.load(from + d), factor)))
  }
}

export function fill(at: usize, bytes: usize): void {
  memory.fill(at, 0, bytes)
}

/** Writes x / |x| and returns |x|; zeros and 0 for a vector of zeros. */
export function unit(from: usize, into: usize, dims: usize): f32 {
  const squares = dot(from, from, dims)
  if (!(squares > 1e-24)) {
    fill(into, dims * 4)
    return 0
  }
  const norm = sqrt(squares)
  const factor = f32x4.splat(1 / norm)
  for (let d: usize = 0; d < dims * 4; d += 16) v128.store(into + d, f32x4.mul(v128.load(from + d), factor))
  return norm
}

/** Gradient of `unit`: into += (g - (g . u) u) / norm, for the unit vector u; nothing where the norm is 0. */
export function addUnitGradient(unitAt: usize, norm: f32, gradient: usize, into: usize, dims: usize): void {
  if (norm == 0) return
  const along = f32x4.splat(dot(unitAt, gradient, dims))
  const factor = f32x4.splat(1 / norm)
  for (let d: usize = 0; d < dims * 4; d += 16) {
    const across = f32x4.sub(v128.load(gradient + d), f32x4.mul(along, v128.load(unitAt + d)))
    v128.store(into + d, f32x4.add(v128.load(into + d), f32x4.mul(across, factor)))
  }
}

/**
 * Dropout: keeps each number with probability 1 - threshold / 256, times `scale`, else 0. What is dropped is a function of the
 * key alone. Gradients need no mask of their own: what was dropped is exactly 0.
 */
export function drop(from: usize, into: usize, dims: usize, key: u32, threshold: u32, scale: f32): void {
  const factor = f32x4.splat(scale)
  const least = i32x4.splat(threshold)
  for (let d: usize = 0; d < dims * 4; d += 16) {
    const word = mix(key + <u32>d * 0x9e3779b9)
    const bytes = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(i32x4.splat(word)))
    v128.store(into + d, v128.and(f32x4.mul(v128.load(from + d), factor), i32x4.ge_s(bytes, least)))
  }
}

/** gradient = 0 where `dropped` is 0, else times `scale`. */
export function dropGradient(dropped: usize, gradient: usize, dims: usize, scale: f32): void {
  const factor = f32x4.splat(scale)
  for (let d: usize = 0; d < dims * 4; d += 16) {
    const kept = f32x4.ne(v128.load(dropped + d), f32x4.splat(0))
    v128.store(gradient + d, v128.and(f32x4.mul(v128.load(gradient + d), factor), kept))
  }
}

/** The finaliser of MurmurHash3 (Appleby, 2011). */
// @ts-ignore: decorator
@inline
export function mix(word: u32): u32 {
  word ^= word >>> 16
  word *= 0x85ebca6b
  word ^= word >>> 13
  word *= 0xc2b2ae35
  return word ^ (word >>> 16)
}
