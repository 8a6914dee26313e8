import { defineConfig } from 'vite'

export default defineConfig({
  // The development server would move the module away from its worker.
  optimizeDeps: { exclude: ['windowshop'] },
})
