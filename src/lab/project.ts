import type { Bundle } from '../bundle/bundle.ts'
import { totalDims } from '../bundle/item-table.ts'
import type { ItemMap, Point } from './lab-api.ts'
import { dot, makeUnit, unitRow } from './vectors.ts'
import { zeroVector } from '../core/zero-vector.ts'

/** Two axes of the space, one unit long each and at right angles. */
export interface Projection {
  readonly axes: readonly [Float64Array, Float64Array]
  /** The middle of the catalogue, and the reach of nearly all points from there along each axis. */
  readonly middle: Float64Array
  readonly reach: readonly [number, number]
}

/** Rows that the axes are chosen by where there are too few categories. */
const sampled = 4096
const iterations = 60
/** Share of the items that lie within the reach; a few odd ones would make all others small. */
const within = 0.995

/**
 * The two principal axes of the categories' centroids, each counting as the square root of its items: of all flat pictures by
 * a linear map, the one that keeps categories furthest apart. Linear, so that a shopper's vector has a place on it, too.
 */
export function projectionOf({ table, categories, vocabulary }: Bundle): Projection {
  const size = totalDims(table)
  const names = vocabulary.categories.length
  const row = new Float64Array(size)
  const middle = new Float64Array(size)
  const groups = names > 2 ? names : Math.min(sampled, table.items)
  const sums = Array.from({ length: groups }, () => new Float64Array(size))
  const counts = new Float64Array(groups)
  for (let item = 0; item < table.items; item++) {
    unitRow(table, item, row)
    const group = names > 2 ? categories[item]! : item % groups
    counts[group]!++
    for (let d = 0; d < size; d++) {
      sums[group]![d]! += row[d]!
      middle[d]! += row[d]! / table.items
    }
  }
  const centroids = sums.flatMap((sum, group) => {
    const count = counts[group]!
    return count === 0 ? [] : [sum.map((value, d) => Math.sqrt(Math.sqrt(count)) * (value / count - middle[d]!))]
  })
  const first = principal(centroids, size)
  const second = principal(centroids, size, first)
  const reachOf = (direction: Float64Array) => {
    const centre = dot(middle, direction)
    const distances = Float64Array.from({ length: table.items }, (_, item) =>
      Math.abs(dot(unitRow(table, item, row), direction) - centre),
    ).sort()
    return distances[Math.floor(within * (table.items - 1))]! || 1
  }
  return { axes: [first, second], middle, reach: [reachOf(first), reachOf(second)] }
}

/** The direction in which vectors differ most, by power iteration; at right angles to another one. */
function principal(vectors: readonly Float64Array[], size: number, other?: Float64Array): Float64Array {
  let direction = makeUnit(Float64Array.from({ length: size }, (_, d) => Math.cos(d + (other ? 1 : 0))))
  for (let turn = 0; turn < iterations; turn++) {
    if (other) {
      const along = dot(direction, other)
      direction = direction.map((value, d) => value - along * other[d]!)
    }
    const next = new Float64Array(size)
    for (const vector of vectors) {
      const along = dot(vector, direction)
      for (let d = 0; d < size; d++) next[d]! += along * vector[d]!
    }
    if (dot(next, next) === 0) break
    direction = makeUnit(next)
  }
  if (!other) return direction
  const along = dot(direction, other)
  return makeUnit(direction.map((value, d) => value - along * other[d]!))
}

/** Where a vector of unit segments stands, -1 to 1. */
export function place({ axes, middle, reach }: Projection, vector: Float64Array): Point {
  const along = (axis: 0 | 1) =>
    Math.max(-1, Math.min(1, (dot(vector, axes[axis]) - dot(middle, axes[axis])) / reach[axis]))
  return [along(0), along(1)]
}

/** Every item's place, and its department, the first name of its category's path. */
export function mapOf({ table, categories, vocabulary }: Bundle, projection: Projection): ItemMap {
  const departments = [...new Set(vocabulary.categories.map((path) => path.split(' > ')[0]!))]
  const departmentOf = vocabulary.categories.map((path) => Math.min(255, departments.indexOf(path.split(' > ')[0]!)))
  const x = new Float32Array(table.items)
  const y = new Float32Array(table.items)
  const row = zeroVector(table)
  for (let item = 0; item < table.items; item++) {
    const [across, down] = place(projection, unitRow(table, item, row))
    x[item] = across
    y[item] = down
  }
  return { x, y, department: Uint8Array.from(categories, (category) => departmentOf[category]!), departments }
}
