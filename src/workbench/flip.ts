/**
 * Runs an update of the page and lets every element marked `data-flip` glide from its old place to its new one (FLIP:
 * first, last, invert, play). Without motion where the visitor asked for less.
 */
export function flip(root: ParentNode, update: () => void): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return update()
  const first = new Map(places(root))
  update()
  for (const [element, last] of places(root)) {
    const before = first.get(element)
    if (!before) {
      if (first.size > 0) element.animate({ opacity: [0, 1] }, { duration: 400, easing: 'ease-out' })
      continue
    }
    const x = before.x - last.x
    const y = before.y - last.y
    if (Math.abs(x) + Math.abs(y) < 1) continue
    const transform = [`translate(${x}px, ${y}px)`, 'none']
    element.animate({ transform }, { duration: 400, easing: 'cubic-bezier(0.2, 0, 0, 1)' })
  }
}

/** Places relative to the list, so that scrolling moves nothing. */
function places(root: ParentNode): [Element, { x: number; y: number }][] {
  return Array.from(root.querySelectorAll('[data-flip]'), (element) => {
    const list = element.parentElement!.getBoundingClientRect()
    const own = element.getBoundingClientRect()
    return [element, { x: own.x - list.x, y: own.y - list.y }]
  })
}
