import { createElement } from '../shelf/create-element.ts'
import { formatShare } from '../shelf/format-share.ts'
import { plainText } from '../core/plain-text.ts'
import type { Interest } from './interests.ts'

/** A titled list of words with their shares, the longest bar as wide as there is room; nothing for none. */
export function interestBars(title: string, interests: readonly Interest[], language: string): HTMLElement[] {
  if (interests.length === 0) return []
  const longest = interests[0]!.share
  const lines = interests.map(({ word, share }) => {
    const bar = createElement('span', { class: 'bar', 'aria-hidden': 'true' })
    bar.style.inlineSize = `${(100 * share) / longest}%`
    return createElement(
      'li',
      {},
      createElement('bdi', { class: 'word' }, plainText(word)),
      createElement('span', { class: 'track' }, bar),
      createElement('span', { class: 'share' }, formatShare(share, language)),
    )
  })
  const list = createElement('ul', { class: 'bars', part: 'interests', role: 'list' }, ...lines)
  return [createElement('h3', {}, title), list]
}
