import type { CDPSession } from 'playwright'
import type { Counts } from './count-resources.ts'
import type { WatchedWorker } from './watch-worker.ts'

/** What a page and its worker hold after a garbage collection. */
export interface Resources extends Counts {
  /** JavaScript objects, bytes. */
  readonly pageHeap: number
  readonly workerHeap: number
  /** Array buffers of the worker, bytes; WebAssembly memory is one of them. */
  readonly workerBuffers: number
  /** Tensors of TensorFlow.js; 0 where it is not loaded. */
  readonly tensors: number
}

export async function readResources(page: CDPSession, worker: WatchedWorker): Promise<Resources> {
  // Twice: what a finalizer or a weak reference lets go is collected by the next one.
  for (let round = 0; round < 2; round++) {
    await page.send('HeapProfiler.collectGarbage')
    await worker.send('HeapProfiler.collectGarbage')
    await worker.evaluate('new Promise((resolve) => setTimeout(resolve, 20))')
  }
  const heap = await page.send('Runtime.getHeapUsage')
  const own = (await worker.send('Runtime.getHeapUsage')) as unknown as {
    readonly usedSize: number
    readonly backingStorageSize: number
  }
  return {
    pageHeap: heap.usedSize,
    workerHeap: own.usedSize,
    workerBuffers: own.backingStorageSize,
    ...(await worker.evaluate<Counts>('countResources()')),
    tensors: await worker.evaluate<number>('globalThis.tf?.memory().numTensors ?? 0'),
  }
}
