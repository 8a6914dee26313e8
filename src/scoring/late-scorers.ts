/** What the first shelf does not wait for, in a file of its own: the GPU, and kernels for other browsers than most. */
export { openGpu } from './open-gpu.ts'
export { default as relaxedKernel } from './scan.as.ts?wasm&enable=simd,relaxed-simd'
export { default as scalarKernel } from './scan.as.ts?wasm&scalar'
export { createWebgpuScorer } from './webgpu-scorer.ts'
