import { defineConfig } from 'vite'

export default defineConfig({
  optimizeDeps: { exclude: ['windowshop'] },
  oxc: { jsx: { runtime: 'automatic' } },
})
