import type { Bitmask } from '../core/bitmask.ts'

/** The masks of a pass on the GPU, one after the other, of which only what has changed is uploaded. */
export interface GpuMasks {
  /** Makes `mask` the mask of the pass's query of this number. */
  write(mask: Bitmask, index: number): void
}

/** Changed words with fewer unchanged ones between them are uploaded together: a call costs as much as some hundred words. */
const GAP_WORDS = 256

/** The buffer holds `count` masks of `words` 32-bit words, all zero. */
export function createGpuMasks(
  { queue }: GPUDevice,
  { buffer, words, count }: { buffer: GPUBuffer; words: number; count: number },
): GpuMasks {
  const shadow = new Uint32Array(words * count)
  return {
    write(mask, index) {
      const held = shadow.subarray(index * words, (index + 1) * words)
      let from = -1
      let to = -1
      const upload = () => {
        held.set(mask.subarray(from, to), from)
        queue.writeBuffer(buffer, (index * words + from) * 4, mask, from, to - from)
      }
      for (let word = 0; word < words; word++) {
        if (held[word] === mask[word]) continue
        if (from >= 0 && word - to >= GAP_WORDS) {
          upload()
          from = -1
        }
        if (from < 0) from = word
        to = word + 1
      }
      if (from >= 0) upload()
    },
  }
}
