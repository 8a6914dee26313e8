import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const template = { compilerOptions: { isCustomElement: (tag) => tag === 'windowshop-shelf' } }

export default defineConfig({
  optimizeDeps: { exclude: ['windowshop'] },
  plugins: [vue({ template })],
})
