import type { ItemId } from '../../core/event.ts'
import type { Placement } from '../../core/shelf.ts'
import { createSkipped } from './skipped.ts'
import { watchExposure } from './watch-exposure.ts'

/** What shelves say of themselves; `windowshop:select` and `windowshop:seen` carry it. */
export interface ShownItems {
  readonly placement: Placement | undefined
  readonly heading: string
  readonly items: readonly {
    readonly id: ItemId
    readonly title: string
    readonly position: number
    readonly element: Element
  }[]
}

/** A `<windowshop-shelf>`, as far as it is of interest here. */
interface Shelf extends HTMLElement {
  readonly shown: ShownItems
  renew(exclude: readonly ItemId[]): void
}

/**
 * Watches which cards of the page's shelves are seen, and tells by `windowshop:seen`, which bubbles from the shelf. A shelf
 * of which so many cards were seen without a choice that its `renew-after` (by default: its `limit`; 0: never) is reached
 * shows others, once it is out of view: nothing changes under a shopper's eyes. What was seen lives in the page alone.
 */
export function watchShelves(page: Document): void {
  const watched = new WeakMap<Shelf, () => void>()

  function follow(shelf: Shelf): () => void {
    const skipped = createSkipped()
    let told: Element[] = []
    let inView = false

    const exposure = watchExposure((element) => {
      // Cards that come into view together are told together.
      if (told.push(element) > 1) return
      queueMicrotask(() => {
        const { items, ...shown } = shelf.shown
        const seen = items.filter((item) => told.includes(item.element))
        told = []
        if (seen.length === 0) return
        skipped.see(seen.map(({ id }) => id))
        const detail: ShownItems = { ...shown, items: seen }
        shelf.dispatchEvent(new CustomEvent('windowshop:seen', { bubbles: true, composed: true, detail }))
      })
    })
    new IntersectionObserver(([entry]) => {
      const left = inView && !entry!.isIntersecting
      inView = entry!.isIntersecting
      if (left && skipped.renew(shelf.shown.placement, renewalOf(shelf))) shelf.renew(skipped.items)
    }).observe(shelf)
    shelf.addEventListener('windowshop:select', skipped.act)
    return () => exposure.watch(shelf.shown.items.map(({ element }) => element))
  }

  const look = (shelf: Shelf) => {
    const update = watched.get(shelf) ?? follow(shelf)
    watched.set(shelf, update)
    update()
  }
  page.addEventListener('windowshop:show', (event) => look(event.composedPath()[0] as Shelf))
  for (const shelf of page.querySelectorAll<Shelf>('windowshop-shelf')) if ('shown' in shelf) look(shelf)
}

function renewalOf(shelf: Element): number {
  const number = (name: string) => {
    const text = shelf.getAttribute(name)?.trim()
    return text && Number(text) >= 0 ? Number(text) : undefined
  }
  return number('renew-after') ?? number('limit') ?? 8
}
