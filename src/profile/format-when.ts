/** A well-formed language tag; the browser's own for any other. */
export function safeTag(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0]
  } catch {
    return undefined
  }
}

/** A time, in milliseconds since the epoch, as the language writes it. */
export function formatWhen(time: number, language: string): string {
  return new Intl.DateTimeFormat(safeTag(language), { dateStyle: 'medium', timeStyle: 'short' }).format(time)
}
