export interface CardGrid {
  readonly count: number
  /** How far the next card in reading direction is, and the next one below, in positions. */
  readonly along: number
  readonly below: number
  readonly rtl: boolean
}

/**
 * Where an arrow key, Home or End leads from a card; undefined where it leads nowhere, so that the page may scroll.
 */
export function nextCard(key: string, from: number, { count, along, below, rtl }: CardGrid): number | undefined {
  const steps: Readonly<Record<string, number | undefined>> = {
    ArrowRight: rtl ? -along : along,
    ArrowLeft: rtl ? along : -along,
    ArrowDown: below,
    ArrowUp: -below,
    Home: -from,
    End: count - 1 - from,
  }
  const step = steps[key]
  const to = from + (step ?? 0)
  return step && to >= 0 && to < count ? to : undefined
}
