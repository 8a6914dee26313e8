/** An element with attributes (an undefined one is left out) and children; strings become text, never markup. */
export function createElement<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Readonly<Record<string, string | undefined>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

/** A line drawing, 24 x 24, in the colour of the text. */
export function createIcon(path: string): SVGElement {
  const [svg, line] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag))
  svg!.setAttribute('viewBox', '0 0 24 24')
  svg!.setAttribute('aria-hidden', 'true')
  line!.setAttribute('d', path)
  svg!.append(line!)
  return svg as SVGElement
}
