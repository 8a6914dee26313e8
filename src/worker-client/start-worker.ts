export interface WorkerSource {
  /** Absolute URL of the worker's one file. */
  readonly url: string
  /** Subresource Integrity, checked when the file is another origin's. */
  readonly integrity?: string | undefined
}

/** Starts the worker; another origin's file cannot be started by its URL, so it is fetched and started from a Blob. */
export async function startWorker({ url, integrity }: WorkerSource): Promise<Worker> {
  if (new URL(url).origin === location.origin) return new Worker(trust(url), { type: 'module' })
  const response = await fetch(url, { credentials: 'omit', ...(integrity && { integrity }) })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  const blob = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }))
  // The browser reads the Blob after the constructor has returned.
  setTimeout(() => URL.revokeObjectURL(blob), 60_000)
  return new Worker(trust(blob), { type: 'module' })
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): string
}
interface Policies {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy
}

let policy: ScriptUrlPolicy | undefined

/** Where a page enforces Trusted Types, only the policy `windowshop` may name the worker. */
function trust(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies }
  policy ??= trustedTypes?.createPolicy('windowshop', { createScriptURL: (trusted) => trusted })
  return policy?.createScriptURL(url) ?? url
}
