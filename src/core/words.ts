/**
 * The words of a text, lower-case, as the builder counts them and a search is read: runs of letters, marks and digits; in scripts
 * without capitals, of which some set no spaces, what `Intl.Segmenter` makes of a run.
 */
export function words(text: string): string[] {
  const runs =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return runs.flatMap((run) =>
    /\p{Lo}/u.test(run) && Intl.Segmenter
      ? Array.from(new Intl.Segmenter('zh', { granularity: 'word' }).segment(run), ({ segment }) => segment)
      : run,
  )
}

/** What stands in for a word that is not known: each three of its letters, its ends being one, after a mark that no word has. */
export function ngrams(word: string): string[] {
  const ends = `<${word}>`
  return Array.from(word, (_, at) => `~${ends.slice(at, at + 3)}`)
}

export const isNgram = (token: string) => token.startsWith('~')
