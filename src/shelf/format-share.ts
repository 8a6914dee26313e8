/** A share of 0 to 1 in whole percent, as the language writes it. */
export function formatShare(share: number, language: string): string {
  try {
    return new Intl.NumberFormat(language, { style: 'percent' }).format(share)
  } catch {
    // A language tag of the page that is not well formed.
    return `${Math.round(share * 100)}%`
  }
}
