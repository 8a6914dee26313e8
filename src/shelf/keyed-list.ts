export interface KeyedList<T> {
  /** Makes the list show `entries`, in this order. */
  update(entries: readonly T[]): void
  /** The key of the entry whose element holds `node`. */
  keyAt(node: EventTarget | null): string | undefined
}

export interface KeyedListOptions<T> {
  readonly key: (entry: T) => string
  /** Fills the element of one entry. */
  readonly fill: (element: HTMLElement, entry: T) => void
  /** The entry of this key has left. */
  readonly drop: (key: string) => void
  /** Whether elements may glide to their new places. */
  readonly animate: () => boolean
}

const glide: KeyframeAnimationOptions = { duration: 320, easing: 'cubic-bezier(.2, .8, .2, 1)' }

/**
 * One element per key, in the places of a list. Places never move, elements change places: an update is no layout shift,
 * and an element keeps its pictures and, where the browser can, its focus. Where motion is welcome, elements glide from
 * their old place to the new one (FLIP).
 */
export function createKeyedList<T>(list: HTMLElement, { key, fill, drop, animate }: KeyedListOptions<T>): KeyedList<T> {
  const elements = new Map<string, HTMLElement>()

  function update(entries: readonly T[]): void {
    const before = new Map([...elements.values()].map((element) => [element, element.parentElement!]))
    const gliding = before.size > 0 && animate()
    // Places do not move: measured before anything changes, they cost no layout of their own.
    const places = new Map(gliding ? [...list.children].map((place) => [place, measure(place as HTMLElement)]) : [])
    const kept = new Set(entries.map(key))
    for (const name of elements.keys()) {
      if (kept.has(name)) continue
      elements.get(name)!.remove()
      elements.delete(name)
      drop(name)
    }
    while (list.children.length < entries.length) list.append(document.createElement('li'))
    entries.forEach((entry, index) => {
      const element = elements.get(key(entry)) ?? create(key(entry))
      fill(element, entry)
      put(element, list.children[index]!, gliding)
    })
    if (gliding) for (const element of elements.values()) slide(element, before.get(element), places)
    while (list.children.length > entries.length) list.lastChild!.remove()
  }

  function create(name: string): HTMLElement {
    const element = document.createElement('div')
    element.className = 'card'
    element.part.add('card')
    elements.set(name, element)
    return element
  }

  return {
    update,
    keyAt: (node) => [...elements].find(([, element]) => node instanceof Node && element.contains(node))?.[0],
  }
}

/** Chromium counts what `moveBefore` moves as a layout shift unless it glides; without it the focus is lost, and restored. */
function put(element: HTMLElement, place: Element, gliding: boolean): void {
  const target = place as Element & { moveBefore?: (node: Node, before: Node | null) => void }
  if (element.parentNode === place) return
  if (gliding && target.moveBefore && element.matches(':focus-within')) target.moveBefore(element, null)
  else place.append(element)
}

type Point = readonly [x: number, y: number]

/** Glides from one place to another; what is new, or goes to a new place, fades in. */
function slide(element: HTMLElement, from: Element | undefined, places: ReadonlyMap<Element, Point>): void {
  if (from === element.parentElement) return
  const [start, end] = [from && places.get(from), places.get(element.parentElement!)]
  const path = start && end && `translate(${start[0] - end[0]}px, ${start[1] - end[1]}px)`
  element.animate(path ? { transform: [path, 'none'] } : { opacity: [0, 1] }, glide)
}

function measure(place: HTMLElement): Point {
  return [place.offsetLeft, place.offsetTop]
}
