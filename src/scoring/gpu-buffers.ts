/** Buffers that are destroyed together. */
export interface GpuBuffers {
  /** A buffer of at least `size` bytes. */
  create(size: number, usage: GPUBufferUsageFlags): GPUBuffer
  /** Of all of them. */
  readonly bytes: number
  close(): void
}

export function createGpuBuffers(device: GPUDevice): GpuBuffers {
  const owned: GPUBuffer[] = []
  return {
    create(size, usage) {
      const buffer = device.createBuffer({ size: Math.max(16, Math.ceil(size / 16) * 16), usage })
      owned.push(buffer)
      return buffer
    },
    get bytes() {
      return owned.reduce((sum, { size }) => sum + size, 0)
    },
    close() {
      for (const buffer of owned) buffer.destroy()
    },
  }
}
