import { WindowshopError, type ErrorCode } from '../src/errors.ts'

/** What IndexedDB or Cache Storage threw, with a code; `where` names the database or cache. */
export function asStorageError(error: unknown, where: string): WindowshopError {
  if (error instanceof WindowshopError) return error
  return new WindowshopError(storageCode(error), { where, got: String(error) }, { cause: error })
}

/** A ReferenceError or TypeError means that there is no such storage. */
function storageCode(error: unknown): ErrorCode {
  const name = error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError') return 'storage-full'
  if (['SecurityError', 'ReferenceError', 'TypeError', 'NotAllowedError'].includes(name)) return 'storage-denied'
  return name === 'VersionError' ? 'storage-blocked' : 'storage-failed'
}
