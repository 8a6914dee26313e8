/** Fills `{id}` into a template; an id cannot leave its place in the path. */
export function fillTemplate(template: string, id: string): string {
  return template.replaceAll('{id}', encodeURIComponent(id))
}

/** An address that a card may carry: http, https or relative to the page; undefined for any other (`javascript:`, ...). */
export function cardUrl(text: string): string | undefined {
  if (text === '' || !URL.canParse(text, 'https://shop.invalid/')) return undefined
  return /^https?:$/.test(new URL(text, 'https://shop.invalid/').protocol) ? text : undefined
}
