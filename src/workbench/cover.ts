import { svg, type SVGTemplateResult } from 'lit'
import type { Product } from './catalogue.ts'

/** A drawn cover for an item without a picture: its colour from the category, its pattern from the id, its initials. */
export function cover({ id, title, category }: Pick<Product, 'id' | 'title' | 'category'>): SVGTemplateResult {
  const hue = hash(category.slice(0, 2).join('/') || title) % 360
  const variant = hash(id)
  const turn = variant % 90
  const reach = 40 + ((variant >>> 8) % 60)
  const initials = title
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word))
    .slice(0, 2)
    .map((word) => word[0]!.toUpperCase())
    .join('')
  return svg`
    <svg class="cover" viewBox="0 0 200 200" role="img" aria-label=${title}>
      <rect width="200" height="200" fill="hsl(${hue} 32% 88%)" />
      <g transform="rotate(${turn} 100 100)">
        <circle cx=${reach} cy="150" r=${reach} fill="hsl(${hue} 34% 76%)" />
        <rect x=${200 - reach} y="-40" width=${reach} height="280" fill="hsl(${(hue + 24) % 360} 34% 80%)" />
      </g>
      <text x="100" y="122" text-anchor="middle" font-size="64" font-weight="600" fill="hsl(${hue} 40% 28%)">${initials}</text>
    </svg>`
}

/** Files in `covers/`, for shelves: they show pictures by their address alone. */
const covers = 36

/** Which of them stands for a text: the same one for all items of a category. */
export function coverOf(text: string): number {
  return hash(text) % covers
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}
