import { labMethods, type LabAnswer, type LabApi, type LabCall } from './lab-api.ts'

/** A lab in a worker of its own, away from the shop's. */
export type Lab = LabApi & { close(): void }

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

/** Starts a lab; its calls are answered in their order. */
export function startLab(): Lab {
  const worker = new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  let calls = 0
  worker.addEventListener('message', ({ data }: MessageEvent<LabAnswer>) => {
    const call = waiting.get(data.id)
    waiting.delete(data.id)
    if ('error' in data) call?.reject(new Error(data.error))
    else call?.resolve(data.value as never)
  })
  worker.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new Error('the lab’s worker could not be loaded'))
    waiting.clear()
  })
  const call = (method: keyof LabApi, value: unknown): Promise<never> =>
    new Promise<never>((resolve, reject) => {
      const id = calls++
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, method, value } satisfies LabCall)
    })
  const methods = labMethods.map((method) => [method, (value: unknown) => call(method, value)] as const)
  return { ...(Object.fromEntries(methods) as unknown as LabApi), close: () => worker.terminate() }
}
