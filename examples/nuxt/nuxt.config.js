export default defineNuxtConfig({
  css: ['~/lists/windowshop.css'],
  vue: { compilerOptions: { isCustomElement: (tag) => tag === 'windowshop-shelf' } },
  vite: { optimizeDeps: { exclude: ['windowshop'] } },
})
