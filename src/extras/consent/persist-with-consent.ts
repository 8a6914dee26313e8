import type { Status } from '../../protocol.ts'

/**
 * Asks the browser not to clear the site's data when space runs out; only where the visitor has agreed that anything is
 * kept. Most browsers decide by themselves, Firefox asks the visitor. Never rejects.
 */
export async function persistWithConsent({ status }: { status(this: void): Promise<Status> }): Promise<void> {
  try {
    if ((await status()).consent !== 'granted' || (await navigator.storage.persisted())) return
    await navigator.storage.persist()
  } catch {
    // Pages without TLS have no such storage; what is kept stays as long as the browser likes.
  }
}
