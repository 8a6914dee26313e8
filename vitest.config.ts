import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { chromiumFlags, ensureChromium } from './scripts/browser.ts'
import { define as definitions, plugins } from './vite.config.ts'

const executablePath = ensureChromium()
process.env['WINDOWSHOP_BROWSER'] = executablePath
const define = definitions(false)
/** What a page does is waited for as long as a busy machine needs; Vitest's own second is a duration asserted. */
const patient = { poll: { timeout: 15_000 } }

/** Vitest sends every dynamic import of served code through its runner, which workers do not have. */
const workerImports: Plugin = {
  name: 'windowshop:worker-imports',
  transform: (code, id) =>
    /\/workers\/(load-late|late-models)\.ts$/.test(id)
      ? `globalThis.__vitest_browser_runner__ ??= { wrapDynamicImport: (load) => load() };${code}`
      : null,
}

export default defineConfig({
  test: {
    projects: [
      {
        plugins: plugins(),
        define,
        test: {
          name: 'node',
          sequence: { groupOrder: 0 },
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/e2e/**', 'test/data/**', 'test/engines/**'],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [...plugins(), workerImports],
        define,
        // Found late, it would reload the page in the middle of a test.
        optimizeDeps: {
          include: [
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-webgl',
            '@tensorflow/tfjs-backend-webgpu',
            '@tensorflow/tfjs-converter',
            '@tensorflow/tfjs-core',
            'axe-core',
            'comlink',
            'idb',
            'lit',
            'lit/directives/keyed.js',
            'lit/directives/repeat.js',
            'valibot',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          expect: patient,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath, args: chromiumFlags } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        plugins: plugins(),
        define,
        test: {
          name: 'e2e',
          // Vitest empties style sheets that nobody asked for, even those that are read as text.
          css: true,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          sequence: { groupOrder: 2 },
          fileParallelism: false,
          testTimeout: 180_000,
          expect: patient,
          hookTimeout: 180_000,
        },
      },
      {
        plugins: plugins(),
        define,
        // Real data stands beside the repository: `npm run test:data`.
        test: {
          name: 'data',
          include: ['test/data/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          sequence: { groupOrder: 3 },
          fileParallelism: false,
          testTimeout: 300_000,
          expect: patient,
          hookTimeout: 300_000,
        },
      },
      {
        plugins: plugins(),
        define,
        // Firefox and WebKit, which not every machine has: `npm run test:engines`.
        test: {
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          sequence: { groupOrder: 4 },
          fileParallelism: false,
          testTimeout: 120_000,
          expect: patient,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
