import { colorNamed } from '../colors.ts'
import { streamOf } from '../draws.ts'
import { productTypes } from '../product-types.ts'
import type { SampleItem } from '../sample-shop.ts'
import { mix } from './shapes.ts'

/** What a drawing is made with: the item's colours, and what little tells it from its neighbours. */
export interface Ink {
  /** Paints of the item's own colour, with a soft gradient from the light side to the dark one. */
  readonly base: string
  readonly dark: string
  readonly accent: string
  /** The same colours flat. */
  readonly flat: string
  readonly light: string
  readonly pale: string
  readonly deep: string
  readonly trim: string
  /** Index of the item's noun among its type's: a dome tent looks other than a tunnel tent. */
  readonly kind: number
  /** A whole number from 0 to `below - 1`, the same for the same product, name and bound. */
  vary(name: number, below: number): number
}

/** A product type's picture: shapes on a canvas of 400 x 400, standing on a floor at y = 320. */
export type Drawing = (ink: Ink) => string

const accents = ['#e8a33d', '#d9623f', '#f0e6d2', '#4f8a8b', '#38475a', '#c9d6cf', '#a65f46', '#7d9a6b']

export type Pictured = Pick<SampleItem, 'group' | 'type' | 'color' | 'title'>

export function mixInk({ group, type, color, title }: Pictured): Ink & { readonly gradients: string } {
  const flat = colorNamed(color).hex
  const dark = mix(flat, '#1a2233', 0.3)
  const vary = (name: number, below: number) => Math.floor(streamOf(numberOf(group), type, name)() * below)
  const far = accents.filter((accent) => distance(accent, flat) > 150)
  const trim = far[vary(0, far.length)]!
  const gradient = (name: string, hex: string) =>
    `<linearGradient id="${name}" x2="1" y2=".35"><stop stop-color="${mix(hex, '#ffffff', 0.14)}"/>` +
    `<stop offset="1" stop-color="${mix(hex, '#1a2233', 0.14)}"/></linearGradient>`
  return {
    gradients: gradient('b', flat) + gradient('d', dark) + gradient('a', trim),
    base: 'url(#b)',
    dark: 'url(#d)',
    accent: 'url(#a)',
    flat,
    light: mix(flat, '#ffffff', 0.32),
    pale: mix(flat, '#ffffff', 0.66),
    deep: mix(flat, '#141b2a', 0.55),
    trim,
    kind: nounOf(type, title),
    vary,
  }
}

/** Index of the longest noun that the title has: a serving bowl is not just any bowl. */
function nounOf(type: number, title: string): number {
  const lengths = productTypes[type]!.nouns.map((noun) => (title.includes(noun) ? noun.length : 0))
  return lengths.indexOf(Math.max(...lengths))
}

/** A number from the characters of an id (FNV-1a). */
function numberOf(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

function distance(a: string, b: string): number {
  return [1, 3, 5].reduce(
    (sum, at) => sum + Math.abs(parseInt(a.slice(at, at + 2), 16) - parseInt(b.slice(at, at + 2), 16)),
    0,
  )
}
