// Kernels that only read: the least that any scan of the same bytes can cost. `end - start` is a multiple of 256.

export function oneStream(start: usize, end: usize): i32 {
  let sum = i32x4.splat(0)
  for (let at = start; at < end; at += 64) {
    sum = i32x4.add(sum, v128.load(at))
    sum = i32x4.add(sum, v128.load(at, 16))
    sum = i32x4.add(sum, v128.load(at, 32))
    sum = i32x4.add(sum, v128.load(at, 48))
  }
  return total(sum)
}

export function fourSums(start: usize, end: usize): i32 {
  let a = i32x4.splat(0)
  let b = a
  let c = a
  let d = a
  for (let at = start; at < end; at += 128) {
    a = i32x4.add(a, v128.load(at))
    b = i32x4.add(b, v128.load(at, 16))
    c = i32x4.add(c, v128.load(at, 32))
    d = i32x4.add(d, v128.load(at, 48))
    a = i32x4.add(a, v128.load(at, 64))
    b = i32x4.add(b, v128.load(at, 80))
    c = i32x4.add(c, v128.load(at, 96))
    d = i32x4.add(d, v128.load(at, 112))
  }
  return total(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)))
}

export function fourStreams(start: usize, end: usize): i32 {
  let a = i32x4.splat(0)
  let b = a
  let c = a
  let d = a
  const quarter = (end - start) >>> 2
  const second = start + quarter
  const third = second + quarter
  const fourth = third + quarter
  for (let at: usize = 0; at < quarter; at += 64) {
    for (let part: usize = 0; part < 64; part += 16) {
      a = i32x4.add(a, v128.load(start + at + part))
      b = i32x4.add(b, v128.load(second + at + part))
      c = i32x4.add(c, v128.load(third + at + part))
      d = i32x4.add(d, v128.load(fourth + at + part))
    }
  }
  return total(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)))
}

function total(sum: v128): i32 {
  return (
    i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3)
  )
}
