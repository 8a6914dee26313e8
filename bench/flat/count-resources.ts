/** What a worker holds beside its heap. */
export interface Counts {
  /** Pages of WebAssembly memory, 64 KiB each. */
  readonly wasmPages: number
  readonly gpuBuffers: number
  readonly gpuBytes: number
}

/**
 * Runs at the top of the worker's script: counts what is alive of the WebAssembly memories and GPU buffers that it creates,
 * and leaves `countResources` behind. Self-contained, for its text is what the script is given.
 */
export function installCounters(): void {
  const scope = globalThis as { countResources?: () => Counts }
  const memories = new Set<WeakRef<WebAssembly.Memory>>()
  const sizes = new Map<number, number>()
  const ids = new WeakMap<object, number>()
  const collected = new FinalizationRegistry<number>((id) => sizes.delete(id))
  let next = 0

  const { Memory } = WebAssembly
  WebAssembly.Memory = new Proxy(Memory, {
    construct(target, values: [WebAssembly.MemoryDescriptor]) {
      const memory = new target(...values)
      memories.add(new WeakRef(memory))
      return memory
    },
  })
  if ('GPUDevice' in globalThis) {
    const { createBuffer } = GPUDevice.prototype
    GPUDevice.prototype.createBuffer = function counted(this: GPUDevice, descriptor) {
      const buffer = createBuffer.call(this, descriptor)
      ids.set(buffer, next)
      sizes.set(next, descriptor.size)
      collected.register(buffer, next)
      next += 1
      return buffer
    }
    const { destroy } = GPUBuffer.prototype
    GPUBuffer.prototype.destroy = function counted(this: GPUBuffer) {
      sizes.delete(ids.get(this) ?? -1)
      return destroy.call(this)
    }
  }
  scope.countResources = () => {
    let bytes = 0
    for (const reference of memories) bytes += reference.deref()?.buffer.byteLength ?? 0
    return {
      wasmPages: bytes / 65_536,
      gpuBuffers: sizes.size,
      gpuBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    }
  }
}
