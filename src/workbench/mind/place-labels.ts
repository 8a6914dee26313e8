import type { Point } from '../../lab/lab-api.ts'

/** A word that belongs to a point of a picture. All in pixels, the origin at the upper left. */
export interface Label {
  readonly at: Point
  readonly width: number
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Height of a line, and what is kept free around a point. */
const line = 16
const dot = 8
/** From a point to its label: beside it, then above and below, further away each time. */
const shifts = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5].map((lines) => lines * (line + 2))

/**
 * A place for each label, in order: beside its point, within the picture, and where neither a point nor an earlier label is;
 * where there is none, the one that covers least.
 */
export function placeLabels(
  labels: readonly Label[],
  picture: { readonly width: number; readonly height: number },
): Box[] {
  const whole = { left: 0, top: 0, right: picture.width, bottom: picture.height }
  const points = labels.map(({ at: [x, y] }) => ({ left: x - dot, top: y - dot, right: x + dot, bottom: y + dot }))
  const placed: Box[] = []
  for (const label of labels) {
    const taken = [...points, ...placed]
    const cost = (box: Box) =>
      taken.reduce((sum, each) => sum + shared(box, each), 0) + 2 * (label.width * line - shared(box, whole))
    placed.push(placesOf(label).reduce((best, box) => (cost(box) < cost(best) ? box : best)))
  }
  return placed
}

function placesOf({ at: [x, y], width }: Label): Box[] {
  return shifts.flatMap((shift) =>
    [x + dot + 2, x - dot - 2 - width, x - width / 2].map((left) => {
      const top = y + shift - line / 2
      return { left, top, right: left + width, bottom: top + line }
    }),
  )
}

/** Area that two boxes have in common. */
function shared(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return Math.max(0, across) * Math.max(0, down)
}
