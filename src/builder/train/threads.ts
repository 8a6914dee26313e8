import { Worker } from 'node:worker_threads'
import type { JobMemory } from './job-memory.ts'
import kernel from './kernels/step.as.ts?wasm&enable=simd,threads'

/** The phases of `kernels/step.as.ts`. */
export const phases = { gather: 0, learn: 1, update: 2, normalise: 3, rank: 4 } as const
const stop = 15

export interface Threads {
  /** Runs a phase in `shards` parts on all threads; returns when it is done. */
  run(phase: keyof typeof phases, shards: number): void
  close(): Promise<void>
}

interface Kernel {
  lead(word: number, job: number, phase: number, shards: number): void
}

/** What a helping thread runs: compiled code on shared memory, and nothing else. */
const helper = `
const { workerData: { module, memory, word, job } } = require('node:worker_threads')
new WebAssembly.Instance(module, { env: { memory } }).exports.help(word, job)
`

/** The calling thread and `count - 1` others. Results do not depend on how many there are. */
export function startThreads({ memory, word, job }: JobMemory, count: number): Threads {
  const module = new WebAssembly.Module(Uint8Array.from(kernel, (character) => character.charCodeAt(0)))
  const { lead } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel
  const workers = Array.from(
    { length: count - 1 },
    () => new Worker(helper, { eval: true, workerData: { module, memory, word, job } }),
  )
  return {
    run: (phase, shards) => lead(word, job, phases[phase], shards),
    async close() {
      const words = new Int32Array(memory.buffer, word, 1)
      Atomics.store(words, 0, stop << 16)
      Atomics.notify(words, 0)
      await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))))
    },
  }
}
