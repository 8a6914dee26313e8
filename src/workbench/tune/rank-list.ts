import type { TunedItem } from '../../lab/lab-api.ts'

/** What a row says of the item's place in the other list. */
export interface RankWords {
  readonly fresh: string
  readonly up: (places: number) => string
  readonly down: (places: number) => string
}

export interface RankListLook {
  readonly items: readonly TunedItem[]
  /** The list that places are compared with; absent: no marks. */
  readonly against?: readonly TunedItem[] | undefined
  readonly words: RankWords
  readonly pictureOf: (item: TunedItem) => string | undefined
}

interface Row {
  readonly element: HTMLLIElement
  readonly place: HTMLElement
  readonly mark: HTMLElement
  markText: string
  at: number
}

/** Until the list has been still for so long, rows stay where they are in the document. */
const settleMs = 400

/**
 * A list whose rows glide to their places while a slider is dragged: each row is moved by a transform alone, so that a
 * frame needs no layout. When the list is still, the document's order follows, for those who read it in that order.
 */
export class RankList extends HTMLElement {
  readonly #list = document.createElement('ol')
  readonly #rows = new Map<string, Row>()
  #settling = 0

  connectedCallback(): void {
    if (!this.#list.isConnected) this.append(this.#list)
    this.#list.setAttribute('aria-label', this.dataset['label'] ?? '')
  }

  show({ items, against, words, pictureOf }: RankListLook): void {
    const places = new Map(against?.map(({ card }, place) => [card.id, place]))
    const kept = new Set(items.map(({ card }) => card.id))
    for (const [id, row] of this.#rows) {
      if (kept.has(id)) continue
      row.element.remove()
      this.#rows.delete(id)
    }
    for (const [at, item] of items.entries()) {
      const row = this.#rows.get(item.card.id) ?? this.#add(item, pictureOf(item))
      if (row.at !== at) {
        row.at = at
        row.element.style.setProperty('--at', String(at))
        row.place.textContent = String(at + 1)
      }
      const [mark, kind] = against ? markOf(places.get(item.card.id), at, words) : ['', '']
      if (mark === row.markText) continue
      row.markText = mark
      row.mark.textContent = mark
      row.mark.className = `move ${kind}`
    }
    clearTimeout(this.#settling)
    this.#settling = window.setTimeout(() => this.#settle(), settleMs)
  }

  #add({ card }: TunedItem, image: string | undefined): Row {
    const element = document.createElement('li')
    const [place, title, mark] = [0, 1, 2].map(() => document.createElement('span')) as [
      HTMLElement,
      HTMLElement,
      HTMLElement,
    ]
    place.className = 'place'
    title.className = 'rank-title'
    title.textContent = card.title
    title.title = card.title
    const picture = document.createElement('img')
    Object.assign(picture, { alt: '', width: 28, height: 28, decoding: 'async' })
    if (image) picture.src = image
    element.append(place, picture, title, mark)
    element.dataset['item'] = card.id
    this.#list.append(element)
    const row: Row = { element, place, mark, markText: '', at: -1 }
    this.#rows.set(card.id, row)
    return row
  }

  #settle(): void {
    const rows = [...this.#rows.values()].sort((a, b) => a.at - b.at)
    for (const [at, { element }] of rows.entries()) {
      if (this.#list.children[at] !== element) this.#list.insertBefore(element, this.#list.children[at] ?? null)
    }
  }
}

function markOf(before: number | undefined, now: number, words: RankWords): [text: string, kind: string] {
  if (before === undefined) return [words.fresh, 'new']
  if (before === now) return ['', '']
  const places = Math.abs(before - now)
  return before > now ? [words.up(places), 'up'] : [words.down(places), 'down']
}
