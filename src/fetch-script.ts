/** A script that a worker is to be made of. */
export interface ScriptSource {
  /** Absolute URL of the file. */
  readonly url: string
  /** Subresource Integrity, checked when the file is another origin's. */
  readonly integrity?: string | undefined
}

/**
 * The address from which a worker may run the script: its own where the origin is the page's, else that of a verified copy
 * in a Blob, as neither workers nor their imports carry an integrity attribute. Rejects when it cannot be had.
 */
export async function fetchScript({ url, integrity }: ScriptSource): Promise<string> {
  if (new URL(url).origin === location.origin) return url
  const response = await fetch(url, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    ...(integrity && { integrity }),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  const blob = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }))
  // It is read after it has been handed over.
  setTimeout(() => URL.revokeObjectURL(blob), 60_000)
  return blob
}
