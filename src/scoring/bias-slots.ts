/** Where the bias columns used last lie in a table's memory. All scorers of the table share them. */
export interface BiasSlots {
  /** Bytes in use. */
  readonly bytes: number
  /** The address of the column, copied there if it is new; valid until as many other columns as there are slots were placed. */
  place(column: Float32Array): number
}

export interface BiasSlotsLayout {
  readonly memory: WebAssembly.Memory
  /** Address of the first slot. */
  readonly start: number
  /** From one slot to the next. */
  readonly slotBytes: number
  readonly count: number
}

export function createBiasSlots({ memory, start, slotBytes, count }: BiasSlotsLayout): BiasSlots {
  /** Most recently used first. */
  const slots: { address: number; column: WeakRef<Float32Array> }[] = []
  return {
    get bytes() {
      return slots.length * slotBytes
    },
    place(column) {
      const held = slots.findIndex((slot) => slot.column.deref() === column)
      if (held >= 0) {
        slots.unshift(...slots.splice(held, 1))
      } else {
        const address = slots.length < count ? start + slots.length * slotBytes : slots.pop()!.address
        new Float32Array(memory.buffer, address, column.length).set(column)
        slots.unshift({ address, column: new WeakRef(column) })
      }
      return slots[0]!.address
    },
  }
}
