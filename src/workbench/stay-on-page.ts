/**
 * Follows links to the shop's own pages without leaving this one. Shelves carry absolute addresses, and a switch may have
 * changed the address since they were drawn: the browser would load the page anew, with the switches of back then.
 */
export function stayOnPage(event: MouseEvent): void {
  const { altKey, button, ctrlKey, defaultPrevented, metaKey, shiftKey } = event
  if (defaultPrevented || button !== 0 || altKey || ctrlKey || metaKey || shiftKey) return
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement)
  if (!link?.hash.startsWith('#/') || link.origin !== location.origin || link.pathname !== location.pathname) return
  event.preventDefault()
  location.hash = link.hash
}
