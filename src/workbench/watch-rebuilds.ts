const everyMs = 2000

/** Loads the page anew when the bundle's manifest has changed: for `windowshop serve`, whose address asks for it. */
export function watchRebuilds(manifest: string): void {
  let known: string | undefined
  setInterval(() => {
    if (!document.hidden) void look().catch(() => undefined)
  }, everyMs)

  async function look(): Promise<void> {
    const response = await fetch(manifest, { method: 'HEAD', cache: 'no-store' })
    // While a build replaces the folder there is none.
    if (!response.ok) return
    const tag = response.headers.get('ETag') ?? response.headers.get('Last-Modified') ?? ''
    if (known !== undefined && tag !== known) {
      // The kept bundle would be shown first, as to a visitor.
      for (const name of await caches.keys()) if (name.startsWith('windowshop:')) await caches.delete(name)
      location.reload()
    }
    known = tag
  }
}
