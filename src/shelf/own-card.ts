import type { ShelfItem } from '../core/shelf.ts'
import { plainText } from '../core/plain-text.ts'
import { safeUrl } from './safe-url.ts'

/** The shop's own card of an item, as a new node. */
export type RenderCard = (item: ShelfItem) => Element

/** Attributes that hold an address. */
const addresses = new Set(['href', 'src'])
/** Attributes that hold code or a document: no value of an item ever stands there. */
const code = /^(on|style$|srcdoc$)/

/**
 * Makes a card of the first element in a `<template>`: `{title}`, `{price}`, `{brand}`, `{category}`, `{id}`, `{url}` and `{image}`
 * in texts and attributes are replaced. Values stay texts and safe addresses, whatever they hold; an attribute whose
 * address is unsafe or missing is left out.
 */
export function fromTemplate(template: HTMLTemplateElement): RenderCard | undefined {
  const model = template.content.firstElementChild
  if (!model) return undefined
  return ({ card, price = '' }) => {
    const values: Readonly<Record<string, string | undefined>> = { ...textsOf(card), price }
    const fill = (text: string) =>
      text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? (values[name] ?? '') : whole))
    const made = document.importNode(model, true)
    for (const element of [made, ...made.querySelectorAll('*')]) {
      for (const { name, value } of Array.from(element.attributes)) {
        if (!value.includes('{') || code.test(name)) continue
        const filled = addresses.has(name) ? safeUrl(fill(value)) : fill(value)
        if (filled === undefined) element.removeAttribute(name)
        else element.setAttribute(name, filled)
      }
      for (const node of element.childNodes) if (node instanceof Text) node.data = fill(node.data)
    }
    return made
  }
}

function textsOf({ id, title, url, image, brand, category }: ShelfItem['card']) {
  return {
    id,
    title: plainText(title) || id,
    url,
    image,
    brand: plainText(brand ?? ''),
    category: plainText(category ?? ''),
  }
}
