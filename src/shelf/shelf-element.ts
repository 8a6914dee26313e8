import type { ItemId } from '../core/event.ts'
import type { Placement, Shelf, ShelfAnswer, ShelfItem, ShelfRequest } from '../core/shelf.ts'
import { watchSource } from './connect.ts'
import type { ShelfSource } from './connect.ts'
import { fromTemplate } from './own-card.ts'
import type { RenderCard } from './own-card.ts'
import { plainText } from '../core/plain-text.ts'
import { readPriority, readRequest, requestAttributes } from './read-request.ts'
import { createShelfState } from './shelf-state.ts'
import { createShelfView } from './shelf-view.ts'
import type { ShelfView } from './shelf-view.ts'
import { fill, stringsOf } from './strings.ts'
import type { Strings } from './strings.ts'

/** What stands on a shelf, in its order. */
export interface ShownShelf {
  readonly placement: Placement | undefined
  readonly heading: string
  readonly items: readonly {
    readonly id: ItemId
    readonly title: string
    readonly position: number
    readonly element: Element
  }[]
}

/** Importing this file outside a browser is harmless. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement)

/**
 * `<windowshop-shelf placement limit item filter diversity heading lang>`: one list of suggestions. The shop's HTML in it
 * stays until there is something better and whenever there is not, and its space is kept, so that nothing around the
 * shelf moves. All attributes may change at any time. A `<template>` in it makes the cards, or `renderCard`.
 *
 * Fires `windowshop:show` when it shows something else, and `windowshop:select` at a click; both bubble.
 */
export class ShelfElement extends Base {
  static readonly observedAttributes = [...requestAttributes, 'heading', 'lang']

  readonly #state = createShelfState()
  #view: ShelfView | undefined
  #source: ShelfSource | undefined
  #request: ShelfRequest | undefined
  #strings: Partial<Strings> = {}
  #render: RenderCard | undefined
  #exclude: readonly ItemId[] = []
  #changing = false
  #stops: (() => void)[] = []
  #stopWatch = () => {}

  connectedCallback(): void {
    const view = (this.#view ??= createShelfView(this, {
      select: (item, position) => {
        this.#track('select_item', item, position)
        this.#fire('select', { ...this.shown, items: this.shown.items.slice(position, position + 1) })
      },
      dismiss: (item, position) => this.#dismiss(item, position),
    }))
    this.#request = this.#readRequest()
    this.#show()
    const closeFromOutside = (event: Event) => event.composedPath().includes(this) || view.closeReasons()
    document.addEventListener('pointerdown', closeFromOutside)
    this.#stops = [
      () => document.removeEventListener('pointerdown', closeFromOutside),
      view.observe(),
      watchSource((source) => {
        this.#source = source
        this.#watch()
      }),
    ]
  }

  disconnectedCallback(): void {
    this.#stopWatch()
    for (const stop of this.#stops) stop()
  }

  attributeChangedCallback(): void {
    if (!this.isConnected || this.#changing) return
    this.#changing = true
    // Frameworks set attributes one after the other; together they make one request.
    queueMicrotask(() => {
      this.#changing = false
      if (!this.isConnected) return
      const request = this.#readRequest()
      if (JSON.stringify(request) === JSON.stringify(this.#request)) return this.#show()
      this.#request = request
      this.#exclude = []
      this.#state.renew()
      this.#watch()
    })
  }

  /** Words of this shelf by key, in place of the built-in ones: `shelf.strings = { why: 'How come?' }`. */
  get strings(): Partial<Strings> {
    return this.#strings
  }

  set strings(strings: Partial<Strings>) {
    this.#strings = strings
    if (this.isConnected) this.#show()
  }

  /** Makes the shop's own card of an item, in place of the built-in one: `shelf.renderCard = ({ card, price }) => element`. */
  get renderCard(): RenderCard | undefined {
    return this.#render
  }

  set renderCard(render: RenderCard | undefined) {
    this.#render = render
    if (this.isConnected) this.#show()
  }

  #readRequest(): ShelfRequest | undefined {
    const request = readRequest(this)
    return request && { ...request, language: this.#language() }
  }

  /** What stands on the shelf. */
  get shown(): ShownShelf {
    const cards = this.#view?.cards() ?? []
    return {
      placement: this.#request?.placement,
      heading: this.#heading(),
      items: this.#state.items.map(({ card: { id, title } }, position) => ({
        id,
        title,
        position,
        element: cards[position]!,
      })),
    }
  }

  /** Shows others than these from now on, as long as there are as many. */
  renew(exclude: readonly ItemId[]): void {
    this.#exclude = exclude
    this.#state.renew()
    this.#watch()
  }

  #watch(): void {
    this.#stopWatch()
    this.#stopWatch = () => {}
    if (!this.#request || !this.#source) return
    const priority = readPriority(this)
    const exclude = this.#exclude
    const request = exclude.length > 0 ? { ...this.#request, exclude } : this.#request
    this.#stopWatch = this.#source.watch(request, (answer) => this.#accept(answer), { priority })
  }

  #accept(answer: ShelfAnswer): void {
    const before = this.#state.items
    // All that there is was passed over, and may come again.
    if (this.#exclude.length > 0 && ((answer as Shelf).items?.length ?? 0) < before.length) return this.renew([])
    if (!this.#state.accept(answer)) return
    this.#show()
    const changed = this.#state.items.some(({ card }, index) => card.id !== before[index]?.card.id)
    // Only those are told who are in the shelf.
    if (changed && before.length > 0 && this.#view?.hasFocus()) this.#view.say(this.#words().updated)
  }

  #show(): void {
    const strings = this.#words()
    this.#view?.show({
      items: this.#state.items,
      waiting: !this.#state.answered,
      limit: this.#request?.limit ?? 0,
      heading: this.#heading(),
      strings,
      language: this.#language(),
      render: this.#render ?? this.#template(),
    })
    this.#fire('show')
  }

  #template(): RenderCard | undefined {
    const template = this.querySelector<HTMLTemplateElement>(':scope > template')
    return template ? fromTemplate(template) : undefined
  }

  #dismiss(item: ShelfItem, position: number): void {
    this.#state.dismiss(item.card.id)
    this.#show()
    this.#view?.say(fill(this.#words().removed, plainText(item.card.title)))
    this.#track('dismiss', item, position)
  }

  #track(kind: 'select_item' | 'dismiss', item: ShelfItem, position: number): void {
    this.#source?.track({ kind, item: item.card.id, placement: this.#request?.placement, position })
  }

  #fire(name: 'show' | 'select', detail?: ShownShelf): void {
    this.dispatchEvent(new CustomEvent(`windowshop:${name}`, { bubbles: true, composed: true, detail }))
  }

  #heading(): string {
    return plainText(this.getAttribute('heading') ?? this.#words()[this.#request?.placement ?? 'for-you'])
  }

  #words(): Strings {
    return stringsOf(this.#language(), this.#strings)
  }

  #language(): string {
    return this.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang || navigator.language
  }
}
