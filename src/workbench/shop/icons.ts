import { svg, html } from 'lit'

const icon = (path: unknown) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${path}</svg>`

export const searchIcon = icon(svg`<circle cx="11" cy="11" r="6.5" /><path d="m16 16 4.5 4.5" />`)
export const bagIcon = icon(svg`<path d="M5 8h14l1 12H4L5 8Z" /><path d="M8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5" />`)
export const heartIcon = icon(
  svg`<path d="M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10Z" />`,
)
export const closeIcon = icon(svg`<path d="m7 7 10 10M17 7 7 17" />`)
export const chevronIcon = icon(svg`<path d="m7 14 5-5 5 5" />`)
export const plusIcon = icon(svg`<path d="M12 6v12M6 12h12" />`)
export const minusIcon = icon(svg`<path d="M6 12h12" />`)
