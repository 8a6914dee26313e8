/** The price as the language writes it; a currency that `Intl` does not know stands behind the number as it is. */
export function formatPrice(price: number, currency: string, language: string): string {
  return (
    tryFormat(price, language, { style: 'currency', currency }) ?? `${tryFormat(price, language) ?? price} ${currency}`
  )
}

/** A share of 0 to 1 in whole percent. */
export function formatShare(share: number, language: string): string {
  return tryFormat(share, language, { style: 'percent' }) ?? `${Math.round(share * 100)}%`
}

/** Making one takes longer than making the rest of a card. */
const formats = new Map<string, Intl.NumberFormat | undefined>()

function tryFormat(value: number, language: string, options?: Intl.NumberFormatOptions): string | undefined {
  const key = `${language} ${options?.style} ${options?.currency}`
  if (!formats.has(key)) formats.set(key, tryCreate(language, options))
  return formats.get(key)?.format(value)
}

function tryCreate(language: string, options?: Intl.NumberFormatOptions): Intl.NumberFormat | undefined {
  try {
    return new Intl.NumberFormat(language, options)
  } catch {
    // A language tag or currency of the page that is not well formed.
    return undefined
  }
}
