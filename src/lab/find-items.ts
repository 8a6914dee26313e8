import type { Bundle } from '../bundle/bundle.ts'
import type { Card } from '../core/shelf.ts'

const most = 12

/** Items whose id or title holds a text, in row order: best sellers first. */
export function findItems(bundle: Bundle, text: string): Card[] {
  const exact = bundle.rowOf(text.trim())
  const wanted = text.trim().toLowerCase()
  const found = exact === undefined ? [] : [bundle.card(exact)]
  if (wanted === '') return []
  for (let row = 0; row < bundle.table.items && found.length < most; row++) {
    if (row === exact) continue
    const card = bundle.card(row)
    if (card.title.toLowerCase().includes(wanted) || card.id.toLowerCase().includes(wanted)) found.push(card)
  }
  return found
}
