import { WindowshopError } from '../errors.ts'
import { labMethods, type LabAnswer, type LabApi, type LabCall, type LabError } from './lab-api.ts'

/** A lab in a worker of its own, away from the shop's. */
export type Lab = LabApi

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

export interface LabOptions {
  /** The worker is gone, and with it all that it knew. */
  readonly died: () => void
  /** Whether nothing may be fetched now, a worker's script neither. */
  readonly blocks: () => boolean
}

/**
 * A lab; its calls are answered in their order. Its worker is started by the first of them. One that could not be loaded, or
 * died, rejects what waits with `worker-failed`, calls `died`, and the next call starts another, which knows nothing.
 */
export function startLab({ died, blocks }: LabOptions): Lab {
  let worker: Worker | undefined
  const waiting = new Map<number, Waiting>()
  let calls = 0

  function start(): Worker {
    const started = new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<LabAnswer>) => {
      const call = waiting.get(data.id)
      waiting.delete(data.id)
      if ('error' in data) call?.reject(offWire(data.error))
      else call?.resolve(data.value as never)
    })
    started.addEventListener('error', ({ message }) => {
      started.terminate()
      worker = undefined
      died()
      // Only one that ran has something to say.
      const error = new WindowshopError('worker-failed', { where: 'lab', ...(message && { got: message }) })
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    })
    return started
  }

  const call = (method: keyof LabApi, value: unknown): Promise<never> =>
    new Promise<never>((resolve, reject) => {
      if (!worker && blocks()) return reject(new WindowshopError('worker-failed', { where: 'lab' }))
      const id = calls++
      waiting.set(id, { resolve, reject })
      worker ??= start()
      worker.postMessage({ id, method, value } satisfies LabCall)
    })
  const methods = labMethods.map((method) => [method, (value: unknown) => call(method, value)] as const)
  return Object.fromEntries(methods) as unknown as LabApi
}

function offWire(error: LabError): Error {
  return 'code' in error ? new WindowshopError(error.code, error.details) : new Error(error.message)
}
