import type { CreateContender } from './contender.ts'
import kernels from './floor.as.ts?wasm'

type Read = (start: number, end: number) => number

/** One contender a kernel; the best of them is the floor. Each reads as many bytes as rows, scales and bias have. */
export const floorWasm: CreateContender[] = ['oneStream', 'fourSums', 'fourStreams'].map(
  (kernel) => async (problem) => {
    const { table, bias } = problem
    const bytes = Math.floor((table.rows.byteLength + table.scales.byteLength + bias.byteLength) / 256) * 256
    const memory = new WebAssembly.Memory({ initial: Math.ceil((bytes + 65536) / 65536) })
    new Uint8Array(memory.buffer, 1024, bytes).fill(1)
    const source = Uint8Array.from(kernels, (character) => character.charCodeAt(0))
    const { instance } = await WebAssembly.instantiate(source, { env: { memory } })
    const read = instance.exports[kernel] as Read
    return {
      name: 'floor/wasm',
      buildMs: 0,
      bytes,
      async run() {
        read(1024, 1024 + bytes)
        return []
      },
      close() {},
    }
  },
)
