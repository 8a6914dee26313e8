import { WindowshopError } from '../errors.ts'

/** A GPU device of our own, and what there is to know about it. TensorFlow.js can run on it, too. */
export interface Gpu {
  readonly device: GPUDevice
  /** Vendor, architecture and description, as far as the browser tells. */
  readonly description: string
  /** Runs on the CPU. */
  readonly software: boolean
  /** WGSL has `dot4I8Packed`, and it is quick: in software it is not. */
  readonly packedDot: boolean
  /** WGSL has subgroups on this device, and they are quick: in software they are not. */
  readonly subgroups: boolean
}

const WANTED_FEATURES: GPUFeatureName[] = ['subgroups', 'timestamp-query']
/** The size limits are ours; the others are those that TensorFlow.js asks its own device for. */
const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const

/** Opens a device with the adapter's own limits; rejects with `scorer-unavailable` where there is none. */
export async function openGpu(gpu: GPU | undefined = globalThis.navigator?.gpu): Promise<Gpu> {
  try {
    const adapter = await gpu?.requestAdapter()
    if (!gpu || !adapter) throw new Error(gpu ? 'no adapter' : 'no WebGPU')
    const { info, limits, features } = adapter
    const device = await adapter.requestDevice({
      requiredFeatures: WANTED_FEATURES.filter((feature) => features.has(feature)),
      requiredLimits: Object.fromEntries(WANTED_LIMITS.map((limit) => [limit, limits[limit]])),
    })
    const software =
      info.isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(info.architecture + info.description)
    return {
      device,
      description: describe(info),
      software,
      packedDot: !software && gpu.wgslLanguageFeatures?.has('packed_4x8_integer_dot_product'),
      subgroups: !software && device.features.has('subgroups'),
    }
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error)
    throw new WindowshopError('scorer-unavailable', { where: 'webgpu', got }, { cause: error })
  }
}

/** What `openGpu` would call the adapter, without opening a device; undefined where there is none. */
export async function nameAdapter(gpu: GPU | undefined): Promise<string | undefined> {
  const adapter = await gpu?.requestAdapter().catch(() => null)
  return adapter ? describe(adapter.info) : undefined
}

function describe({ vendor, architecture, description }: GPUAdapterInfo): string {
  return [vendor, architecture, description].filter(Boolean).join(' ') || 'unknown'
}
