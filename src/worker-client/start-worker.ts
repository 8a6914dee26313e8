import { fetchScript, type ScriptSource } from '../fetch-script.ts'

/** Starts the worker from its one file. */
export async function startWorker(source: ScriptSource): Promise<Worker> {
  return new Worker(trust(await fetchScript(source)), { type: 'module' })
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
