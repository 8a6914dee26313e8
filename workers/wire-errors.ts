import { transferHandlers } from 'comlink'
import { codeOf, WindowshopError, type ErrorDetails } from '../src/errors.ts'
import type { WireError } from '../src/protocol.ts'

/** What a thrown value looks like on the wire: a code and plain details, no stack and no prototype. */
export function toWireError(error: unknown): WireError {
  const details: ErrorDetails = error instanceof WindowshopError ? error.details : { got: String(error) }
  return { code: codeOf(error, 'worker-failed'), details }
}

/** Makes Comlink carry what is thrown as a `WireError`: its own handler loses the code. */
export function carryErrors(): void {
  const { canHandle, deserialize } = transferHandlers.get('throw')!
  transferHandlers.set('throw', {
    canHandle,
    serialize: (thrown: unknown) => [toWireError((thrown as { value: unknown }).value), []],
    deserialize,
  })
}
