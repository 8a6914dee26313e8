import type { Finding } from './diagnose.ts'

/** Which shelves of the page show something. */
export function aboutShelves(page: Document): Finding[] {
  const shelves = [...page.querySelectorAll('windowshop-shelf')]
  if (shelves.length === 0) return []
  if (!customElements.get('windowshop-shelf')) {
    return [
      {
        level: 'problem',
        says: `The page has ${shelves.length} <windowshop-shelf>, and nothing that draws them.`,
        advice: 'Take windowshop.js instead of windowshop.core.js, and leave data-shelves away.',
      },
    ]
  }
  return shelves.map((shelf): Finding => {
    const name = `The shelf "${shelf.getAttribute('placement') ?? ''}"`
    const cards = shelf.shadowRoot?.querySelectorAll('.card .link, .card slot').length ?? 0
    if (cards > 0) return { level: 'good', says: `${name} shows ${cards} items.` }
    return {
      level: 'note',
      says: `${name} shows the page's own HTML: there is nothing better to show.`,
      advice:
        'similar and bought-together need item="..."; recently-viewed, buy-again, cart and because-you-viewed need a history.',
    }
  })
}
