/** Lengths in CSS pixels. */
export interface Space {
  readonly width: number
  /** Height that the shop's HTML takes; absent where the cards may decide. */
  readonly height?: number
  /** Cards, 1 or more. */
  readonly count: number
  readonly gap: number
  /** What a card needs below its picture. */
  readonly text: number
  /** The narrowest card, and the narrowest that is wanted where there is room. */
  readonly least: number
  readonly wanted: number
}

export interface Layout {
  readonly rows: number
  readonly columns: number
  /** Width of a card where the columns do not fit and scroll; absent where they share the width. */
  readonly card?: number
}

/** Below this width a shelf is a phone's: one row that scrolls, with the next card peeping in. */
const phone = 600
/** Pictures are never flatter than this part of the narrowest card. */
const flattest = 0.6

/**
 * Rows and columns for a shelf's cards. Where the shop's HTML has set the height, the layout that shows most cards in it
 * is chosen, with larger cards before smaller ones; else a grid without orphans, or on a phone one scrolling row.
 */
export function layOut(space: Space): Layout {
  return space.height === undefined ? layOutFreely(space) : layOutWithin(space, space.height)
}

function layOutFreely({ width, count, gap, wanted }: Space): Layout {
  const most = Math.max(1, fitting(width, wanted, gap))
  if (width < phone && count > most) return { rows: 1, columns: count, card: Math.min(wanted, width * 0.44) }
  const grid = balance(count, most)
  // A few cards keep the size that a full row would give them.
  return grid.rows === 1 ? { rows: 1, columns: Math.max(count, Math.min(most, 4)) } : grid
}

function layOutWithin({ width, count, gap, text, least, wanted }: Space, height: number): Layout {
  const rowHeight = (rows: number) => (height - gap * (rows - 1)) / rows
  let best: Layout = { rows: 1, columns: count }
  let bestShown = 0
  for (let rows = 1; rows <= count; rows++) {
    const picture = rowHeight(rows) - text
    if (rows > 1 && picture < least * flattest) break
    const card = Math.min(Math.max(picture, least), wanted * 1.4, width * 0.8)
    const columns = Math.max(1, fitting(width, card, gap))
    const shown = Math.min(count, rows * columns)
    if (shown <= bestShown) continue
    bestShown = shown
    best = shown === count ? balance(count, columns) : { rows, columns: Math.ceil(count / rows), card }
  }
  return best
}

/** As few rows as will do, evenly filled. */
function balance(count: number, most: number): Layout {
  const rows = Math.ceil(count / most)
  return { rows, columns: Math.ceil(count / rows) }
}

function fitting(width: number, card: number, gap: number): number {
  return Math.floor((width + gap) / (card + gap))
}
