/** How `createKeyedList` treats its entries. */
export interface KeyedList<T> {
  /** Makes the list show `entries`, each in the element of its key; an element that stays keeps its focus. */
  update(entries: readonly T[]): void
  /** The key of the element that holds `node`. */
  keyAt(node: EventTarget | null): string | undefined
}

export interface KeyedListOptions<T> {
  readonly key: (entry: T) => string
  /** Fills the element of one entry. */
  readonly fill: (element: HTMLLIElement, entry: T) => void
  /** Whether elements may glide to their new places. */
  readonly animate: () => boolean
}

const glide: KeyframeAnimationOptions = { duration: 320, easing: 'cubic-bezier(.2, .8, .2, 1)' }

/** Elements by key, in a list: reordered in place, gliding from where they were (FLIP) where motion is welcome. */
export function createKeyedList<T>(list: HTMLElement, { key, fill, animate }: KeyedListOptions<T>): KeyedList<T> {
  const elements = new Map<string, HTMLLIElement>()

  function update(entries: readonly T[]): void {
    const moving = animate() && elements.size > 0
    const before = moving ? new Map([...elements.values()].map((element) => [element, position(element)])) : undefined
    const kept = new Set(entries.map(key))
    for (const [name, element] of elements) {
      if (kept.has(name)) continue
      element.remove()
      elements.delete(name)
    }
    entries.forEach((entry, index) => {
      const element = elements.get(key(entry)) ?? create(key(entry))
      fill(element, entry)
      const next = list.children[index] ?? null
      if (next !== element) place(list, element, next)
    })
    for (const element of before ? elements.values() : []) slide(element, before?.get(element))
  }

  function create(name: string): HTMLLIElement {
    const element = document.createElement('li')
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

/** `moveBefore` keeps focus, scroll and loading pictures, where the browser has it. */
function place(list: HTMLElement, element: HTMLElement, next: Node | null): void {
  const target = list as HTMLElement & { moveBefore?: (node: Node, before: Node | null) => void }
  if (target.moveBefore && element.parentNode === list) target.moveBefore(element, next)
  else list.insertBefore(element, next)
}

function position(element: HTMLElement): [x: number, y: number] {
  return [element.offsetLeft, element.offsetTop]
}

function slide(element: HTMLElement, from: [x: number, y: number] | undefined): void {
  if (!from) return void element.animate({ opacity: [0, 1] }, glide)
  const [x, y] = position(element)
  if (x === from[0] && y === from[1]) return
  element.animate({ transform: [`translate(${from[0] - x}px, ${from[1] - y}px)`, 'none'] }, glide)
}
