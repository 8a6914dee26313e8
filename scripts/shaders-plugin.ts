import type { Plugin } from 'vite'

/** Takes indentation and comments out of the WGSL in `gpu-*.ts`, where it stands in strings that no minifier shortens. */
export function shaders(): Plugin {
  return {
    name: 'windowshop:shaders',
    enforce: 'pre',
    transform: (code, id) =>
      /\/gpu-[a-z]+\.ts$/.test(id) ? { code: code.replace(/^\s+(\/\/.*\n)?/gm, ''), map: null } : null,
  }
}
