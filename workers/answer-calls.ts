import { codeOf, WindowshopError, type ErrorDetails } from '../src/errors.ts'
import { workerMethods, type Answer, type ChangeNotice, type WireError, type WorkerApi } from '../src/protocol.ts'

/** What the worker talks through: its own global scope, or one end of a channel. */
export interface Port {
  postMessage(message: Answer | ChangeNotice): void
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void
}

type Method = (...values: unknown[]) => unknown

/**
 * Answers calls of the listed methods with plain arguments, and nothing else: a message that carries an id and is no such
 * call is answered with `call-refused`, the rest is dropped. No path is walked: a name is compared with the list.
 */
export function answerCalls(port: Port, api: WorkerApi): void {
  port.addEventListener('message', ({ data }) => {
    if (!isObject(data) || typeof data['id'] !== 'string') return
    const { id } = data
    run(api, data)
      .then((value) => port.postMessage({ id, type: 'RAW', value }))
      .catch((error: unknown) => port.postMessage({ id, type: 'HANDLER', name: 'throw', value: toWireError(error) }))
  })
}

/** Async, so that what a method throws at once is a rejection, too. */
async function run(api: WorkerApi, { type, path, argumentList }: Record<string, unknown>): Promise<unknown> {
  const method =
    type === 'APPLY' && Array.isArray(path) && path.length === 1 && workerMethods.find((name) => name === path[0])
  if (!method || !Array.isArray(argumentList) || !argumentList.every(isPlain)) throw new WindowshopError('call-refused')
  return (api[method] as Method)(...argumentList.map(({ value }) => value))
}

function isPlain(argument: unknown): argument is { value: unknown } {
  return isObject(argument) && argument['type'] === 'RAW'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** What a thrown value looks like on the wire: a code and plain details, no stack and no prototype. */
function toWireError(error: unknown): WireError {
  const details: ErrorDetails = error instanceof WindowshopError ? error.details : { got: String(error) }
  return { code: codeOf(error, 'worker-failed'), details }
}
