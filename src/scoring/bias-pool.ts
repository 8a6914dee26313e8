/** Bias columns on the GPU, in one buffer, cached by identity. */
export interface BiasPool {
  readonly buffer: GPUBuffer
  readonly bytes: number
  /** The slot of the column, uploaded if it is new; valid until `limit` other columns have been placed. */
  place(column: Float32Array<ArrayBuffer>): number
  /** Columns that fit at once. */
  readonly limit: number
  close(): void
}

const MAX_SLOTS = 8

/** A pool that starts with one slot and doubles while there are more living columns, least recently used out first. */
export function createBiasPool(device: GPUDevice, items: number): BiasPool {
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits
  const limit = Math.min(MAX_SLOTS, Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / (items * 4)))
  const allocate = (slots: number) => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC
    return device.createBuffer({ label: 'biases', size: slots * items * 4, usage })
  }
  let slots = 1
  let buffer = allocate(slots)
  /** Most recently used first. */
  const held: { slot: number; column: WeakRef<Float32Array> }[] = []

  function grow(): void {
    const wider = allocate(Math.min(limit, slots * 2))
    const encoder = device.createCommandEncoder()
    encoder.copyBufferToBuffer(buffer, 0, wider, 0, slots * items * 4)
    device.queue.submit([encoder.finish()])
    buffer.destroy()
    buffer = wider
    slots = Math.min(limit, slots * 2)
  }

  function freeSlot(): number {
    const dead = held.findIndex(({ column }) => !column.deref())
    if (dead >= 0) return held.splice(dead, 1)[0]!.slot
    if (held.length === slots && slots < limit) grow()
    return held.length < slots ? held.length : held.pop()!.slot
  }

  return {
    get buffer() {
      return buffer
    },
    get bytes() {
      return slots * items * 4
    },
    limit,
    place(column) {
      const at = held.findIndex((entry) => entry.column.deref() === column)
      if (at >= 0) {
        held.unshift(...held.splice(at, 1))
      } else {
        const slot = freeSlot()
        device.queue.writeBuffer(buffer, slot * items * 4, column)
        held.unshift({ slot, column: new WeakRef(column) })
      }
      return held[0]!.slot
    },
    close() {
      buffer.destroy()
    },
  }
}
