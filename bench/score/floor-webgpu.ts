import { openGpu } from '../../src/scoring/open-gpu.ts'
import type { CreateContender } from './contender.ts'

const READBACK_BYTES = 4096

/** One contender a number of threads: each thread reads every `threads`-th 64 bytes; then 4 KB come back. */
export const floorWebgpu: CreateContender[] = [1024, 8192, 65536].map((threads) => async ({ table, bias }) => {
  const { device } = await openGpu()
  const blocks = Math.floor((table.rows.byteLength + table.scales.byteLength + bias.byteLength) / 64)
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage
  const input = device.createBuffer({ size: blocks * 64, usage: STORAGE | COPY_DST })
  const filler = new Uint8Array(4 << 20).fill(1)
  for (let at = 0; at < blocks * 64; at += filler.length) {
    device.queue.writeBuffer(input, at, filler, 0, Math.min(filler.length, blocks * 64 - at))
  }
  const output = device.createBuffer({ size: threads * 4, usage: STORAGE | COPY_SRC })
  const readback = device.createBuffer({ size: READBACK_BYTES, usage: MAP_READ | COPY_DST })
  const module = device.createShaderModule({ code: source(blocks, threads) })
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } })
  const entries = [input, output].map((buffer, binding) => ({ binding, resource: { buffer } }))
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries })
  return {
    name: 'floor/webgpu',
    buildMs: 0,
    bytes: blocks * 64,
    async run() {
      const encoder = device.createCommandEncoder()
      const pass = encoder.beginComputePass()
      pass.setPipeline(pipeline)
      pass.setBindGroup(0, group)
      pass.dispatchWorkgroups(threads / 64)
      pass.end()
      encoder.copyBufferToBuffer(output, 0, readback, 0, READBACK_BYTES)
      device.queue.submit([encoder.finish()])
      await readback.mapAsync(GPUMapMode.READ)
      readback.unmap()
      return []
    },
    close: () => device.destroy(),
  }
})

function source(blocks: number, threads: number): string {
  return `
@group(0) @binding(0) var<storage> table: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> sums: array<u32>;
@compute @workgroup_size(64) fn read(@builtin(global_invocation_id) id: vec3u) {
  var sum = vec4u();
  for (var at = id.x; at < ${blocks}; at += ${threads}) {
    sum += table[at * 4] + table[at * 4 + 1] + table[at * 4 + 2] + table[at * 4 + 3];
  }
  sums[id.x] = sum.x + sum.y + sum.z + sum.w;
}`
}
