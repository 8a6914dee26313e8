import { html, type TemplateResult } from 'lit'
import type { Language } from './options.ts'
import { problemOf, type Problem } from './problem-of.ts'
import { problemTexts, type ProblemCode } from './problem-texts.ts'
import type { Bench } from './view.ts'

/** Why a view cannot be shown: offline that is no fault, and passes. */
export function problem(why: Problem, { state, texts }: Bench): TemplateResult {
  const isOffline = !state.online || state.airplane
  if (isOffline) return html`<p class="hint away" role="status">${texts.viewAway}</p>`
  return html`<p class="problem" role="alert">${inWords(why, state.options.language)}</p>`
}

/** What went wrong as a sentence, and the error's own words for those who mend it. */
export function inWords(
  why: { readonly code: ProblemCode | undefined; readonly message: string },
  language: Language,
): TemplateResult {
  return html`${sentenceOf(why.code, language)} <code class="error" lang="en">${why.message}</code>`
}

/** The same for a line that only text fits into. */
export function noticeOf(error: unknown, language: Language): string {
  const why = problemOf(error)
  return `${sentenceOf(why.code, language)} (${why.message})`
}

function sentenceOf(code: ProblemCode = 'unforeseen', language: Language): string {
  return problemTexts[language][code]
}

/** The code that an error's own words begin with, if they do. */
export function codeIn(words: string): ProblemCode | undefined {
  const [code = ''] = words.split(':')
  return Object.hasOwn(problemTexts.en, code) ? (code as ProblemCode) : undefined
}
