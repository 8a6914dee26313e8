import { WindowshopError } from '../errors.ts'

/** The first thing that went wrong with a device. */
export interface DeviceWatch {
  /** Throws `device-lost` if anything has gone wrong. */
  check(): void
  /** Remembers a failure, and returns the `device-lost` that tells of the first one. */
  note(cause: unknown): WindowshopError
  stop(): void
}

export function watchDevice(device: GPUDevice): DeviceWatch {
  let first: WindowshopError | undefined
  const note = (cause: unknown): WindowshopError => {
    const got = cause instanceof Error ? cause.message : String(cause)
    return (first ??= new WindowshopError('device-lost', { where: 'webgpu', got }, { cause }))
  }
  const listener = (event: GPUUncapturedErrorEvent) => void note(new Error(event.error.message))
  device.addEventListener('uncapturederror', listener)
  void device.lost.then(({ message, reason }) => note(new Error(message || reason)))
  return {
    note,
    check() {
      if (first) throw first
    },
    stop: () => device.removeEventListener('uncapturederror', listener),
  }
}
