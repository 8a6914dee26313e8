import type { Endpoint } from 'comlink'
import { workerMethods } from '../src/protocol.ts'

/**
 * An endpoint for Comlink's `expose` that lets through calls of one listed method with plain arguments. Comlink alone walks
 * any path that a message names: `['track', 'constructor']` reaches Function. Anything else that carries an id is
 * answered with `call-refused`; the rest is dropped. Nobody takes the listener off again: only a release would.
 */
export function filterMessages(endpoint: Endpoint): Endpoint {
  return {
    postMessage: (message: unknown, transfer?: Transferable[]) => endpoint.postMessage(message, transfer),
    addEventListener(type, listener) {
      endpoint.addEventListener(type, (event) => {
        const { data } = event as MessageEvent<unknown>
        const message = readMessage(data)
        if (message) (listener as (event: unknown) => void)({ data: message })
        else refuse(endpoint, data)
      })
    },
    removeEventListener: () => {},
  }
}

/** A clean copy of a message that may pass. */
function readMessage(data: unknown): object | undefined {
  const { id, type, path, argumentList } = Object(data) as Record<string, unknown>
  if (typeof id !== 'string' || type !== 'APPLY') return undefined
  if (!Array.isArray(path) || path.length !== 1 || !Array.isArray(argumentList)) return undefined
  const method = workerMethods.find((name) => name === path[0])
  if (!method || !argumentList.every(isPlainArgument)) return undefined
  return { id, type, path: [method], argumentList: argumentList.map(({ value }) => ({ type: 'RAW', value })) }
}

/** Comlink's other kind of argument runs a transfer handler, one of which throws. */
function isPlainArgument(argument: unknown): argument is { value: unknown } {
  return (Object(argument) as { type?: unknown }).type === 'RAW'
}

function refuse(endpoint: Endpoint, data: unknown): void {
  const { id } = Object(data) as { id?: unknown }
  if (typeof id !== 'string') return
  endpoint.postMessage({ id, type: 'HANDLER', name: 'throw', value: { code: 'call-refused', details: {} } })
}
