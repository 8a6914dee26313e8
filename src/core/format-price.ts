/** Making a format loads its language's data, which takes longer than everything else about a shelf. */
const formats = new Map<string, Intl.NumberFormat | undefined>()

/** The price as the language writes it; a currency that `Intl` does not know stands behind the number as it is. */
export function formatPrice(price: number, currency: string, language: string): string {
  const format = formatOf(language, currency)
  return format ? format.format(price) : `${formatOf(language)?.format(price) ?? price} ${currency}`
}

function formatOf(language: string, currency?: string): Intl.NumberFormat | undefined {
  const key = `${language} ${currency}`
  if (!formats.has(key)) formats.set(key, tryCreate(language, currency))
  return formats.get(key)
}

function tryCreate(language: string, currency?: string): Intl.NumberFormat | undefined {
  try {
    return new Intl.NumberFormat(language, currency === undefined ? {} : { style: 'currency', currency })
  } catch {
    // A language tag or currency that is not well formed.
    return undefined
  }
}
