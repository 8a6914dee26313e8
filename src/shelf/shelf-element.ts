import type { ShelfAnswer, ShelfItem, ShelfRequest } from '../core/shelf.ts'
import { watchSource } from './connect.ts'
import type { ShelfSource } from './connect.ts'
import { plainText } from './plain-text.ts'
import { readPriority, readRequest, requestAttributes } from './read-request.ts'
import { createShelfState } from './shelf-state.ts'
import { createShelfView } from './shelf-view.ts'
import type { ShelfView } from './shelf-view.ts'
import { fill, stringsOf } from './strings.ts'
import type { Strings } from './strings.ts'

/** Importing this file outside a browser is harmless. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement)

/**
 * `<windowshop-shelf placement limit item filter diversity heading lang>`: one list of suggestions. The shop's HTML in it
 * stays until there is something better and whenever there is not, and its space is kept, so that nothing around the
 * shelf moves. All attributes may change at any time.
 */
export class ShelfElement extends Base {
  static readonly observedAttributes = [...requestAttributes, 'heading', 'lang']

  readonly #state = createShelfState()
  #view: ShelfView | undefined
  #source: ShelfSource | undefined
  #request: ShelfRequest | undefined
  #strings: Partial<Strings> = {}
  #changing = false
  #stops: (() => void)[] = []
  #stopWatch = () => {}

  connectedCallback(): void {
    const view = (this.#view ??= createShelfView(this, {
      select: (item, position) => this.#track('select_item', item, position),
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

  #readRequest(): ShelfRequest | undefined {
    const request = readRequest(this)
    return request && { ...request, language: this.#language() }
  }

  #watch(): void {
    this.#stopWatch()
    this.#stopWatch = () => {}
    if (!this.#request || !this.#source) return
    const priority = readPriority(this)
    const listener = (answer: ShelfAnswer) => {
      const before = this.#state.items
      if (!this.#state.accept(answer)) return
      this.#show()
      const changed = this.#state.items.some(({ card }, index) => card.id !== before[index]?.card.id)
      // Only those are told who are in the shelf.
      if (changed && before.length > 0 && this.#view?.hasFocus()) this.#view.say(this.#words().updated)
    }
    this.#stopWatch = this.#source.watch(this.#request, listener, { priority })
  }

  #show(): void {
    const strings = this.#words()
    this.#view?.show({
      items: this.#state.items,
      waiting: !this.#state.answered,
      limit: this.#request?.limit ?? 0,
      heading: plainText(this.getAttribute('heading') ?? strings[this.#request?.placement ?? 'for-you']),
      strings,
      language: this.#language(),
    })
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

  #words(): Strings {
    return stringsOf(this.#language(), this.#strings)
  }

  #language(): string {
    return this.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang || navigator.language
  }
}
