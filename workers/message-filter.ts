import type { Endpoint } from 'comlink'
import { workerMethods } from '../src/protocol.ts'

type Listener = (event: unknown) => void

/**
 * An endpoint for Comlink's `expose` that lets through calls of one listed method with plain arguments, and the release of
 * the port itself. Comlink alone walks any path that a message names: `['track', 'constructor']` reaches Function.
 * Anything else that carries an id is answered with `call-refused`; the rest is dropped.
 */
export function filterMessages(endpoint: Endpoint): Endpoint {
  const filtered = new Map<unknown, (event: Event) => void>()
  return {
    postMessage: (message: unknown, transfer?: Transferable[]) => endpoint.postMessage(message, transfer),
    addEventListener(type, listener) {
      const pass = (typeof listener === 'function' ? listener : listener.handleEvent.bind(listener)) as Listener
      const filter = (event: Event): void => {
        const { data } = event as MessageEvent<unknown>
        const message = readMessage(data)
        if (message) pass({ data: message })
        else refuse(endpoint, data)
      }
      filtered.set(listener, filter)
      endpoint.addEventListener(type, filter)
    },
    removeEventListener(type, listener) {
      const filter = filtered.get(listener)
      if (filter) endpoint.removeEventListener(type, filter)
      filtered.delete(listener)
    },
    start: () => endpoint.start?.(),
  }
}

/** A clean copy of a message that may pass. */
function readMessage(data: unknown): object | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { id, type, path, argumentList } = data as Record<string, unknown>
  if (typeof id !== 'string') return undefined
  if (type === 'RELEASE') return { id, type }
  if (type !== 'APPLY' || !Array.isArray(path) || path.length !== 1 || !Array.isArray(argumentList)) return undefined
  const method = workerMethods.find((name) => name === path[0])
  if (!method || !argumentList.every(isPlainArgument)) return undefined
  return { id, type, path: [method], argumentList: argumentList.map(({ value }) => ({ type: 'RAW', value })) }
}

/** Comlink's other kind of argument runs a transfer handler, one of which throws. */
function isPlainArgument(argument: unknown): argument is { value: unknown } {
  return typeof argument === 'object' && argument !== null && (argument as { type?: unknown }).type === 'RAW'
}

function refuse(endpoint: Endpoint, data: unknown): void {
  const id = typeof data === 'object' && data !== null && (data as { id?: unknown }).id
  if (typeof id !== 'string') return
  endpoint.postMessage({ id, type: 'HANDLER', name: 'throw', value: { code: 'call-refused', details: {} } })
}
