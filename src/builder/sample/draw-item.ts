import { colorNamed } from './colors.ts'
import type { SampleItem } from './sample-shop.ts'

/** The item's picture: an SVG document. */
export function drawItem({ color, title }: Pick<SampleItem, 'id' | 'type' | 'color' | 'title'>): string {
  const { hex } = colorNamed(color)
  const label = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img"><title>${label}</title><rect width="400" height="400" fill="#f2efe9"/><circle cx="200" cy="200" r="110" fill="${hex}"/></svg>`
}
