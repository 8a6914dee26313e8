import type { ItemTable } from '../bundle/item-table.ts'
import { collectGroups, collectSource, cutSource, type KernelShape, PASS_QUERIES, scanSource } from './gpu-kernels.ts'
import type { Gpu } from './open-gpu.ts'

/** The kernels of one table, compiled. */
export interface GpuPipelines {
  /** Of the scan for at least so many queries, 1 to 8. */
  scan(queries: number): GPUComputePipeline
  readonly cut: GPUComputePipeline
  readonly collect: GPUComputePipeline
  /** Workgroups of `collect`. */
  readonly collectGroups: number
}

/** The scans that there are: most requests have one query, and the shelves of a page rarely more than four. */
const SCANS = [1, 4, PASS_QUERIES]

/** Compiles them all side by side, before the first request. */
export async function compileGpuPipelines(
  { dims, stride }: ItemTable,
  { device, packedDot, subgroups, software }: Gpu,
  { layout, blocks }: { layout: GPUBindGroupLayout; blocks: number },
): Promise<GpuPipelines> {
  const shape: KernelShape = { dims, stride, packedDot, subgroups, blocks, hoist: software }
  const pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [layout] })
  const compile = (code: string) =>
    device.createComputePipelineAsync({
      layout: pipelineLayout,
      compute: { module: device.createShaderModule({ code }) },
    })
  const [cut, collect, ...scans] = await Promise.all([
    compile(cutSource(shape)),
    compile(collectSource(shape)),
    ...SCANS.map((queries) => compile(scanSource(shape, queries))),
  ])
  return {
    cut,
    collect,
    collectGroups: collectGroups(software),
    scan: (queries) => scans[SCANS.findIndex((most) => queries <= most)]!,
  }
}
