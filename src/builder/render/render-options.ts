import { titlesOf } from '../../core/placement-titles.ts'
import { WindowshopError } from '../../errors.ts'

/** Lists that hang on an item alone, and so are the same for every visitor. */
export const renderedPlacements = ['similar', 'bought-together'] as const
export type RenderedPlacement = (typeof renderedPlacements)[number]

export const renderedFormats = ['html', 'json'] as const
export type RenderedFormat = (typeof renderedFormats)[number]

export interface RenderOptions {
  /** In the order in which they stand on a page: no item stands on two of them. All by default. */
  readonly placements?: readonly RenderedPlacement[]
  /** Both by default. */
  readonly formats?: readonly RenderedFormat[]
  /** Cards of a list, 1 to 100; 8 by default. */
  readonly limit?: number
  /** Titles of lists that differ from those of the bundle's language. */
  readonly headings?: Readonly<Partial<Record<RenderedPlacement, string>>>
  /** False: cards have no price, which may change before the next rendering. */
  readonly prices?: boolean
  /** The time, in ms since 1970, at which rules with dates hold or not; now by default. */
  readonly at?: number
}

/** The options with their defaults; throws `option-invalid`. */
export function checkOptions(
  { placements = renderedPlacements, formats = renderedFormats, limit = 8, ...others }: RenderOptions,
  locale: string,
) {
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new WindowshopError('option-invalid', { where: '--limit', expected: '1 to 100', got: limit })
  const { headings = {}, prices = true, at = Date.now() } = others
  const known = titlesOf(locale)
  const titleOf = (placement: RenderedPlacement) => headings[placement] ?? known[placement]
  return { placements, formats, limit, headings, titleOf, prices, at }
}

export type CheckedOptions = ReturnType<typeof checkOptions>

/** Reads `similar,bought-together` and the like, each once; throws `option-invalid`. */
export function parseNames<T extends string>(where: string, allowed: readonly T[]): (text: string) => T[] {
  return (text) => {
    const names = [...new Set(text.split(','))]
    const known = names.flatMap((name) => allowed.filter((one) => one === name.trim()))
    if (known.length === names.length) return known
    throw new WindowshopError('option-invalid', { where, expected: `any of ${allowed.join()}`, got: text })
  }
}

/** Adds `similar=More like this` to the headings so far; throws `option-invalid`. */
export function parseHeading(text: string, before: RenderOptions['headings'] = {}): RenderOptions['headings'] {
  const [name, title] = text.split(/=(.*)/s, 2)
  const placement = renderedPlacements.find((one) => one === name)
  if (placement && title?.trim()) return { ...before, [placement]: title.trim() }
  throw new WindowshopError('option-invalid', {
    where: '--heading',
    expected: 'similar=Title or bought-together=Title',
    got: text,
  })
}
