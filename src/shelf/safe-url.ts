/** The absolute form of a relative or http(s) address; undefined for every other scheme, and for what is no address. */
export function safeUrl(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url, document.baseURI)) return undefined
  const { protocol, href } = new URL(url, document.baseURI)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
